import type { PluginManifest } from '../model.ts';
import type { MappingInput } from '../profiles/profile.ts';
import { readCargo, readGoMod, readPyproject, readRequirements } from './language-files.ts';
import { readPackageJson } from './package-json.ts';
import { checkPackages } from './packages.ts';
import { checkConfig } from './plugin-config.ts';
import { checkStatement } from './statement.ts';

/** Compares a manifest with the package files and the configuration beside it; needs `files.textOf`. */
export function checkCompanionFiles(input: MappingInput, manifest: PluginManifest): void {
  if (input.files.textOf === undefined) return;
  const statements = [readPackageJson, readPyproject, readRequirements, readGoMod, readCargo].flatMap(
    read => read(input) ?? [],
  );
  for (const statement of statements) checkStatement(input, manifest, statement);
  checkPackages(input, manifest, statements);
  checkConfig(input);
}
