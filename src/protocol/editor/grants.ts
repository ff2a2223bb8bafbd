import * as v from 'valibot';

export const requestedCapabilitySchema = v.object({
  /** Names the capability in `grants/*` requests; made from everything below. */
  key: v.string(),
  scope: v.string(),
  action: v.string(),
  resource: v.string(),
  /** In words: `Read files in ./data/**`. */
  words: v.string(),
  risk: v.picklist(['low', 'medium', 'high']),
  /** One sentence: why the risk is what it is. */
  why: v.string(),
  /** True when nobody has approved it yet. */
  isNew: v.boolean(),
});
export type RequestedCapability = v.InferOutput<typeof requestedCapabilitySchema>;

export const approvalRequestSchema = v.object({
  pluginId: v.string(),
  name: v.string(),
  version: v.string(),
  /** Real path of its folder: an approval holds for the plugin in that folder only. */
  dir: v.string(),
  tenant: v.optional(v.string()),
  /** Everything the manifest asks for; those that are new need an answer. */
  capabilities: v.array(requestedCapabilitySchema),
});
/** What has to be approved before a plugin gets it; `details.request` of `PW-APPROVAL-NEEDED`. */
export type ApprovalRequest = v.InferOutput<typeof approvalRequestSchema>;

export const grantSchema = v.object({
  ...requestedCapabilitySchema.entries,
  /** `false`: the manifest declares it, and it is not approved, was revoked or has expired. */
  granted: v.boolean(),
  /** `user`, `policy`, `session`; absent when not granted. */
  grantedBy: v.optional(v.string()),
  /** Milliseconds since the epoch. */
  grantedAt: v.optional(v.number()),
  expiresAt: v.optional(v.number()),
});
/** One capability of a plugin and how it stands. */
export type Grant = v.InferOutput<typeof grantSchema>;

const about = { pluginId: v.string() };
const expiry = { expiresAt: v.optional(v.number()) };

export const approveSchema = v.object({
  /** The manifest's id and version, as in the request. */
  pluginId: v.string(),
  version: v.string(),
  dir: v.string(),
  tenant: v.optional(v.string()),
  /** Keys of capabilities that the manifest declares. */
  capabilities: v.array(v.string()),
  /** Who approves; `user` when absent. */
  grantedBy: v.optional(v.picklist(['user', 'policy'])),
  ...expiry,
});
export type ApproveParams = v.InferOutput<typeof approveSchema>;

/** Gives back a declared capability that was not approved, was revoked or has expired. */
export const giveSchema = v.object({ ...about, key: v.string(), ...expiry });
export type GiveParams = v.InferOutput<typeof giveSchema>;

/** Replaces the resource of a grant by a narrower one. */
export const narrowSchema = v.object({ ...about, key: v.string(), resource: v.string(), ...expiry });
export type NarrowParams = v.InferOutput<typeof narrowSchema>;

export const revokeSchema = v.object({ ...about, key: v.string() });
export type RevokeParams = v.InferOutput<typeof revokeSchema>;

export const auditEntrySchema = v.object({
  /** Milliseconds since the epoch. */
  timestamp: v.number(),
  /** The version of the plugin that asked. */
  version: v.optional(v.string()),
  scope: v.string(),
  action: v.string(),
  resource: v.string(),
  allowed: v.boolean(),
  /** The manifest line that would allow it, when denied. */
  grant: v.optional(v.string()),
  /**
   * Who decided, when it was not the broker: `kernel` when the plugin tried it past the host. Of a change: who made it,
   * `session` for whoever started the plugin, or `time`.
   */
  by: v.optional(v.picklist(['kernel', 'user', 'policy', 'session', 'time'])),
  /** What happened to the grant; without it the record is a request. `allowed` then says whether it is one still. */
  change: v.optional(v.picklist(['given', 'narrowed', 'revoked', 'expired'])),
  /** The resource before it was narrowed. */
  from: v.optional(v.string()),
  /** Until when what was given or narrowed holds; milliseconds since the epoch. */
  expiresAt: v.optional(v.number()),
});

/** One answered or refused request of a plugin, or a change of what it may do. */
export type AuditRecord = v.InferOutput<typeof auditEntrySchema>;

export const readAuditSchema = v.object({
  ...about,
  /** Most entries, the newest; 200 when absent. */
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
  /** Milliseconds since the epoch: only entries from then on. */
  since: v.optional(v.number()),
  /** Only allowed, or only denied requests; without it, changes of grants too. */
  allowed: v.optional(v.boolean()),
});
export type ReadAuditParams = v.InferOutput<typeof readAuditSchema>;
