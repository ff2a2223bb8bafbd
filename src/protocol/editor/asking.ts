import * as v from 'valibot';

const about = { pluginId: v.string() };

/** What a plugin wants of the front-end. The debug host has checked that it may. */
export const frontEndQuestionSchema = v.variant('kind', [
  v.object({ kind: v.literal('clipboard/read'), ...about }),
  v.object({ kind: v.literal('clipboard/write'), ...about, text: v.string() }),
  v.object({
    kind: v.literal('notifications/show'),
    ...about,
    level: v.picklist(['info', 'warning', 'error']),
    message: v.string(),
    /** What people can choose. */
    actions: v.array(v.string()),
  }),
]);
export type FrontEndQuestion = v.InferOutput<typeof frontEndQuestionSchema>;

export const frontEndAnswerSchema = v.variant('type', [
  /** The clipboard's text, or the chosen action; `null` for none. */
  v.object({ type: v.literal('answered'), value: v.nullable(v.string()) }),
  /** This front-end has no such service; the message says why. */
  v.object({ type: v.literal('unavailable'), message: v.string() }),
]);
export type FrontEndAnswer = v.InferOutput<typeof frontEndAnswerSchema>;

/** The one request that goes from the debug host to its front-end. One that does not know it has no such services. */
export const FRONTEND_ASK = 'frontend/ask';
