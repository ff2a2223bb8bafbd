import { WorkbenchError } from '../base/index.ts';
import { type ProfileId, profileOf, profiles } from '../manifest/index.ts';
import type { ChangeSet } from './change-set.ts';
import { type LanguageKit, languageKits, type ScaffoldLanguage, scaffoldLanguages } from './languages.ts';
import { checkPluginName, titleOf } from './plugin-name.ts';
import { substitute } from './substitute.ts';

/** What is to be made. Both words come from people, so they are checked here. */
export interface ScaffoldRequest {
  /** The plugin's id; see {@link checkPluginName}. */
  readonly name: string;
  readonly profile: ProfileId;
  /** One of {@link scaffoldLanguages}. */
  readonly language: string;
}

/** Where the template texts are. */
export interface TemplateSource {
  /** @param path relative to the templates' folder, with `/` */
  read(path: string): Promise<string>;
}

/**
 * Plans a working plugin: manifest, code with a counter that lives through reloads, README and editor settings. Writes
 * nothing.
 *
 * @throws WorkbenchError `PW-SCAFFOLD-NAME`, `PW-SCAFFOLD-PROFILE`, `PW-SCAFFOLD-LANGUAGE`
 */
export async function planScaffold(request: ScaffoldRequest, templates: TemplateSource): Promise<ChangeSet> {
  const { name, profile } = request;
  checkPluginName(name);
  checkProfile(profile);
  const language = checkLanguage(request.language);
  checkNameFor(name, languageKits[language]);
  const values = valuesFor(name, profile, language);
  const planned = await Promise.all(
    filesFor(profile, language).map(async ([target, template]) => {
      const text = substitute(await templates.read(template), values);
      // A template may be checked out with other line ends; what is made is the same everywhere.
      return [target, text.replaceAll('\r\n', '\n')] as const;
    }),
  );
  return new Map(planned);
}

/** Target → template. */
function filesFor(profile: ProfileId, language: ScaffoldLanguage): readonly (readonly [string, string])[] {
  const kit: LanguageKit = languageKits[language];
  const own = profile === 'forgeai' ? 'forgeai' : 'counter';
  const code = entryOf(profile, kit);
  const manifest = profile === 'forgeai' ? 'plugin.yaml' : 'plugin.json';
  return [
    [manifest, `${profile}/${manifest}`],
    [code, `${own}/${code}`],
    ['README.md', `${own}/README.md`],
    ...kit.files(profile),
  ];
}

/** ForgeAI calls the file that is started `main` in every language. */
function entryOf(profile: ProfileId, { entry, extension }: LanguageKit): string {
  return entry ?? `${profile === 'forgeai' ? 'main' : 'index'}.${extension}`;
}

const storageGrants: Readonly<Record<ProfileId, string>> = {
  aihub: '`memory` permission',
  guide: '`storage` permission',
  logomesh: '`memory` capability',
  forgeai: '',
};

function valuesFor(id: string, profile: ProfileId, language: ScaffoldLanguage): Record<string, string> {
  const kit: LanguageKit = languageKits[language];
  return {
    id,
    title: titleOf(id),
    system: profileOf(profile).title,
    entry: entryOf(profile, kit),
    languageName: kit.title,
    runtime: kit.runtime,
    runtimeName: kit.requires.name,
    runtimeRange: kit.requires.range,
    storageGrant: storageGrants[profile],
    getState: kit.getState,
    restoreState: kit.restoreState,
    runtimeNote: kit.runtimeNote,
    typesNote: kit.typesNote,
  };
}

function checkProfile(profile: string): void {
  if (profiles.some(candidate => candidate.id === profile)) return;
  throw new WorkbenchError('PW-SCAFFOLD-PROFILE', `There is no profile ${JSON.stringify(profile)}.`, {
    nextStep: `Choose one of ${profiles.map(candidate => candidate.id).join(', ')}.`,
  });
}

function checkNameFor(name: string, { title, refusedNames }: LanguageKit): void {
  if (refusedNames?.test(name) !== true) return;
  throw new WorkbenchError('PW-SCAFFOLD-NAME', `A plugin in ${title} can't be called ${name}.`, {
    nextStep: 'Choose a name that begins with a letter and is no word of the language, such as my-plugin.',
  });
}

function checkLanguage(language: string): ScaffoldLanguage {
  const known = scaffoldLanguages.find(candidate => candidate === language);
  if (known !== undefined) return known;
  throw new WorkbenchError(
    'PW-SCAFFOLD-LANGUAGE',
    `This release makes no plugins in ${JSON.stringify(language)}.`,
    {
      nextStep: `Choose one of ${scaffoldLanguages.join(', ')}.`,
    },
  );
}
