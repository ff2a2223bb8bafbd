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

/** The request for the three views of a plugin's permissions: declared, inferred, observed. */
export const PERMISSIONS = 'pluginWorkbench/permissions';

/** The request for a manifest without the grants that nothing uses. */
export const TIGHTEN = 'pluginWorkbench/tightenPermissions';

/** Tells the client that the permissions of plugins have been compared anew: addresses of their manifests. */
export const PERMISSIONS_CHANGED = 'pluginWorkbench/permissionsChanged';

const aboutPlugin = {
  ...reportParamsSchema.entries,
  /** Folder in which the host keeps the audit logs of plugins; remembered. */
  dataDir: v.optional(v.pipe(v.string(), v.maxLength(8_192))),
};
export const permissionsParamsSchema = v.object(aboutPlugin);
export type PermissionsParams = v.InferOutput<typeof permissionsParamsSchema>;

export const tightenParamsSchema = v.object({
  ...aboutPlugin,
  to: v.picklist(['inferred', 'observed', 'both']),
});
export type TightenParams = v.InferOutput<typeof tightenParamsSchema>;

const positionSchema = v.object({ line: v.number(), character: v.number() });
const placeSchema = v.object({
  uri: v.string(),
  range: v.object({ start: positionSchema, end: positionSchema }),
  /** What happens there. */
  why: v.string(),
});
export type PermissionPlace = v.InferOutput<typeof placeSchema>;

const permissionRowSchema = v.object({
  scope: v.string(),
  action: v.string(),
  resource: v.string(),
  verdict: v.picklist(['used', 'undeclared', 'unused', 'wider', 'refused', 'free', 'unclear']),
  /** Where the manifest grants it. */
  declared: v.nullable(placeSchema),
  /** What would do instead of something wider. */
  narrower: v.array(v.string()),
  inferred: v.array(placeSchema),
  observed: v.nullable(v.object({ allowed: v.number(), denied: v.number(), lastAt: v.number() })),
});
/** One permission with what each view says of it. */
export type PermissionRowView = v.InferOutput<typeof permissionRowSchema>;

/** `null` when there is no such plugin, or it was cancelled. */
export const permissionsResultSchema = v.nullable(
  v.object({ rows: v.array(permissionRowSchema), notes: v.array(v.string()) }),
);
export type PermissionsResult = v.InferOutput<typeof permissionsResultSchema>;

export const tightenResultSchema = v.nullable(
  v.object({
    /** The manifest before and after. */
    before: v.string(),
    after: v.string(),
    changes: v.array(v.string()),
    kept: v.array(v.string()),
  }),
);
export type TightenResult = v.InferOutput<typeof tightenResultSchema>;

export const permissionsChangedSchema = v.object({ uris: v.array(v.string()) });
