import { filled, hostBounds, noteLimits, noteLost, type WritingInput } from './draft.ts';

const title = 'ForgeAI';

/** The fields of a ForgeAI manifest. */
export function writeForgeai(input: WritingInput): Readonly<Record<string, unknown>> {
  const { manifest, note } = input;
  const { id, version, description, dependencies, capabilities, contributions, entry } = manifest;
  const { min, max } = hostBounds(manifest.hostRange);
  note(
    `ForgeAI plugins execute a language; \`${id}\` is written, so put its name into \`supported_languages\`.`,
  );
  if (entry !== undefined && !/^main\.\w+$/u.test(entry))
    note(`ForgeAI loads \`main\` with the ending of its language; rename \`${entry}\`.`);
  if (contributions.methods.length > 0)
    note('ForgeAI plugins answer `execute`, `executeFile` and `supportedLanguages` only.');
  if (dependencies.plugins.length > 0)
    note(
      `ForgeAI knows no dependencies between plugins; ${dependencies.plugins.map(plugin => plugin.id).join(', ')} are left out.`,
    );
  if (Object.keys(dependencies.runtimes).length > 0) note('ForgeAI lists no runtimes; they are left out.');
  noteLimits(input, title);
  noteLost(input, title, capabilities);
  return {
    name: id,
    version,
    description,
    supported_languages: [id],
    dependencies: filled(dependencies.system),
    minimum_forgeai_version: min,
    maximum_forgeai_version: max,
  };
}
