import * as v from 'valibot';

/**
 * What a client may ask the language server beyond the Language Server Protocol: reports about one plugin, as Markdown.
 */

/** The request for what a plugin may do, declared by its manifest. */
export const PERMISSIONS_REPORT = 'pluginWorkbench/permissionsReport';

/** The request for everything that is wrong with a plugin. */
export const REVIEW_REPORT = 'pluginWorkbench/reviewReport';

/** Either request is about the plugin of one manifest. */
export const reportParamsSchema = v.object({
  /** Address of the manifest; it need not be open. */
  uri: v.pipe(v.string(), v.maxLength(8_192)),
});
export type ReportParams = v.InferOutput<typeof reportParamsSchema>;

/** The answer to either request; `null` when it was cancelled or there is no such file. */
export const reportResultSchema = v.nullable(v.object({ markdown: v.string() }));
export type ReportResult = v.InferOutput<typeof reportResultSchema>;
