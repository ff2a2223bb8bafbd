import { isAlive, type PluginEntry } from '../plugins/plugin-board.ts';
import { formatBytes, formatPercent } from './format.ts';
import { escapeMarkdown } from './markdown.ts';
import { isUnconfined } from './plugin-row.ts';

/** Longest piece of text that a manifest gets into the tooltip. */
const maxText = 300;

/** The hover of a plugin, as Markdown; everything that comes from the plugin is escaped. */
export function pluginTooltip(entry: PluginEntry, unconfinedByUser: boolean): string {
  const { folder, status, usage } = entry;
  const { loaded } = folder;
  const say = (text: string): string =>
    escapeMarkdown(text.length > maxText ? `${text.slice(0, maxText)}…` : text);

  const lines = [
    `**${say(folder.name)}**${loaded ? ` ${say(loaded.version)} — ${say(loaded.profileTitle)}` : ''}`,
  ];
  if (loaded?.description) lines.push(say(loaded.description));
  if (folder.reason !== undefined) lines.push(`**Manifest:** ${say(folder.reason)}`);
  if (isUnconfined(entry, unconfinedByUser)) {
    lines.push('**UNCONFINED:** your settings let it run without a sandbox, with all the rights you have.');
  } else if (status?.confinement && isAlive(status.state)) {
    lines.push(`**Sandbox:** ${say(status.confinement.description)}`);
  }
  if (status?.runtime) lines.push(`**Runtime:** ${say(status.runtime)}`);
  if (usage) {
    lines.push(
      `**Memory:** ${say(`${formatBytes(usage.memory.used)} of ${formatBytes(usage.memory.limit)}`)} · **CPU:** ${say(formatPercent(usage.cpu.percent))}`,
    );
  }
  if (status?.problem) {
    const { message, nextStep } = status.problem;
    lines.push(`**Problem:** ${say(message)}${nextStep ? ` ${say(nextStep)}` : ''}`);
  }
  lines.push(say(folder.dir));
  return lines.join('\n\n');
}
