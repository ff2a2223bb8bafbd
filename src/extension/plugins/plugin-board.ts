import { type Disposable, Emitter, type Event } from '../../base/index.ts';
import type { HostEvent, PluginState, PluginStatus, ResourceUsage } from '../../protocol/editor/index.ts';
import { createDenialTally, type DenialTally } from './denial-tally.ts';
import type { PluginFolder } from './plugin-folder.ts';

/** One plugin as the workbench knows it now: its folder and, once it was started, what the host says about it. */
export interface PluginEntry {
  readonly folder: PluginFolder;
  readonly status: PluginStatus | undefined;
  /** The latest readout of a living plugin. */
  readonly usage: ResourceUsage | undefined;
  /** How many accesses were denied since it was started. */
  readonly denials: number;
}

/** What changed: the folder of one plugin, or `undefined` for the list as a whole. */
export type BoardChange = string | undefined;

/** Joins the plugins found in the workspace with what the host tells about them. Keyed by `folder.dir`. */
export interface PluginBoard extends Disposable {
  readonly onDidChange: Event<BoardChange>;
  entries(): readonly PluginEntry[];
  byDir(dir: string): PluginEntry | undefined;
  /** Looks among the plugins the host has told about. */
  byId(pluginId: string): PluginEntry | undefined;
  /** Replaces what is known about the workspace. A plugin that still runs stays, even without its manifest. */
  setFolders(folders: readonly PluginFolder[]): void;
  /** Takes in what the host tells; the line to log about a denial, when it is worth one. */
  receive(event: HostEvent): string | undefined;
  /** Takes in an answer of the host, which may come before or after the event of the same content. */
  setStatus(status: PluginStatus): void;
  /** The host is gone: what ran does not run now. With `restarting` it soon will again. */
  hostLost(restarting: boolean): void;
}

/** True while there is a process, or one is on its way. */
export function isAlive(state: PluginState | undefined): boolean {
  return (
    state === 'starting' ||
    state === 'waiting' ||
    state === 'running' ||
    state === 'reloading' ||
    state === 'restarting' ||
    state === 'stopping'
  );
}

interface Slot {
  folder: PluginFolder;
  status: PluginStatus | undefined;
  usage: ResourceUsage | undefined;
  denials: DenialTally;
}

export function createPluginBoard(): PluginBoard {
  const changes = new Emitter<BoardChange>();
  let slots = new Map<string, Slot>();

  const entryOf = ({ folder, status, usage, denials }: Slot): PluginEntry => ({
    folder,
    status,
    usage,
    denials: denials.total(),
  });

  function slotById(pluginId: string): Slot | undefined {
    return [...slots.values()].find(slot => slot.status?.pluginId === pluginId);
  }

  function setStatus(status: PluginStatus): void {
    const slot =
      slots.get(status.dir) ?? [...slots.values()].find(({ folder }) => folder.realDir === status.dir);
    if (slot === undefined) return;
    if (status.state === 'starting' && slot.status?.state !== 'starting') slot.denials = createDenialTally();
    slot.status = status;
    if (!isAlive(status.state)) slot.usage = undefined;
    changes.fire(slot.folder.dir);
  }

  function receive(event: HostEvent): string | undefined {
    if (event.type === 'state') setStatus(event.status);
    if (event.type === 'usage') {
      const slot = slotById(event.usage.pluginId);
      if (slot === undefined || !isAlive(slot.status?.state)) return undefined;
      slot.usage = event.usage;
      changes.fire(slot.folder.dir);
    }
    if (event.type === 'audit' && !event.allowed && event.change === undefined) {
      const slot = slotById(event.pluginId);
      const line = slot?.denials.count(event);
      // The count is part of the readout that comes once a second; a flood of denials is no flood of repaints.
      return line;
    }
    return undefined;
  }

  return {
    onDidChange: changes.event,
    entries: () => [...slots.values()].map(entryOf),
    byDir: dir => {
      const slot = slots.get(dir);
      return slot && entryOf(slot);
    },
    byId: pluginId => {
      const slot = slotById(pluginId);
      return slot && entryOf(slot);
    },
    setFolders: folders => {
      const before = JSON.stringify([...slots.values()].map(({ folder }) => folder));
      const next = new Map<string, Slot>();
      for (const folder of folders) {
        const slot = slots.get(folder.dir);
        next.set(folder.dir, {
          status: slot?.status,
          usage: slot?.usage,
          denials: slot?.denials ?? createDenialTally(),
          folder,
        });
      }
      for (const [dir, slot] of slots) if (!next.has(dir) && isAlive(slot.status?.state)) next.set(dir, slot);
      slots = new Map([...next].sort(([, a], [, b]) => byName(a.folder, b.folder)));
      // Every change of the list makes the editor draw all of it anew, under the pointer of whoever is about to click.
      if (JSON.stringify([...slots.values()].map(({ folder }) => folder)) !== before) changes.fire(undefined);
    },
    receive,
    setStatus,
    hostLost: restarting => {
      for (const slot of slots.values()) {
        if (!slot.status || !isAlive(slot.status.state)) continue;
        const { pid: _, ...status } = slot.status;
        slot.status = { ...status, state: restarting ? 'starting' : 'stopped' };
        slot.usage = undefined;
      }
      changes.fire(undefined);
    },
    dispose: () => changes.dispose(),
  };
}

function byName(a: PluginFolder, b: PluginFolder): number {
  return a.name.localeCompare(b.name) || (a.dir < b.dir ? -1 : 1);
}
