import { type CodeDescription, error, fault, info, warning } from './code-description.ts';

/** Every code a manifest finding can have. */
export const manifestCodes = {
  'PW-MANIFEST-SYNTAX': error(
    'The text is not JSON (comments and trailing commas aside) or YAML.',
    'Hosts refuse a manifest they cannot read.',
  ),
  'PW-MANIFEST-SIZE': error(
    'The file is larger than 1 MiB.',
    'A manifest is read before anything is known about the plugin, so what it may cost is bounded.',
  ),
  'PW-MANIFEST-UNREADABLE': error(
    'The file is there but can’t be read: permissions, a circle of links, a folder, a device.',
    'A host that looks for the plugin fails in the same place, often without saying why.',
  ),
  'PW-MANIFEST-ENCODING': error(
    'The file is not UTF-8.',
    'Manifests are exchanged in UTF-8; in another encoding hosts read other characters than you see, or none.',
  ),
  'PW-MANIFEST-DEPTH': error(
    'Objects and lists are nested deeper than 64 levels.',
    'Deep nesting exhausts the stack of many readers; no manifest needs it.',
  ),
  'PW-MANIFEST-ALIAS': error(
    'A YAML alias names nothing before it, or aliases multiply to more than 20 000 values.',
    'A few lines of aliases can stand for billions of values and take a host down.',
  ),
  'PW-MANIFEST-KEY': error(
    'A YAML key is a list or an object.',
    'Only plain words have a meaning as keys of a manifest.',
  ),
  'PW-MANIFEST-KEY-DUPLICATE': fault(
    'An object has the same key twice.',
    'Readers differ in which of the two they take, so the plugin may get other permissions than you see.',
  ),
  'PW-MANIFEST-COMMENT': {
    severity: 'hint',
    blocks: false,
    summary: 'A JSON manifest has comments.',
    why: 'The workbench reads them; a host with a strict JSON reader may not.',
  },
  'PW-MANIFEST-TRAILING-COMMA': {
    severity: 'hint',
    blocks: false,
    summary: 'A JSON manifest has a comma before a closing bracket.',
    why: 'The workbench reads it; a host with a strict JSON reader may not.',
  },
  'PW-MANIFEST-NOT-OBJECT': error(
    'The manifest is empty, a list or a single value.',
    'A manifest is an object with named fields.',
  ),
  'PW-MANIFEST-PROFILE-UNKNOWN': {
    severity: 'info',
    blocks: true,
    summary: 'Neither `$schema` nor the fields tell which plugin system the manifest is for.',
    why: 'Without knowing the system nothing can be checked or run.',
  },
  'PW-MANIFEST-FIELD-MISSING': error(
    'A required field is missing.',
    'The host refuses the plugin without it.',
  ),
  'PW-MANIFEST-TYPE': error(
    'A value has the wrong type.',
    'The host reads it as another thing than you mean, or refuses it.',
  ),
  'PW-MANIFEST-VALUE': error(
    'A value is not one of those allowed, or breaks the form its field asks for.',
    'The host refuses it.',
  ),
  'PW-MANIFEST-KEY-MISSPELT': fault(
    'A key is unknown and looks like a misspelt known one.',
    'Hosts skip keys they do not know, so what it says has no effect.',
  ),
  'PW-MANIFEST-KEY-UNKNOWN': warning(
    'A key is unknown to this plugin system. Your own keys may begin with `x-`.',
    'Hosts skip keys they do not know, so what it says has no effect.',
  ),
  'PW-MANIFEST-DEPRECATED': warning(
    'A field is accepted but has no effect any more.',
    'It looks as if it did something.',
  ),
  'PW-MANIFEST-VERSION': error(
    'A version is not MAJOR.MINOR.PATCH as semantic versioning writes it.',
    'Hosts compare versions to update plugins and to resolve dependencies.',
  ),
  'PW-MANIFEST-RANGE': error(
    'A version range cannot be read.',
    'A range nobody can read matches no version, so the dependency can never be met.',
  ),
  'PW-MANIFEST-RANGE-EMPTY': fault(
    'No version is in a range: its oldest is newer than its newest.',
    'Nothing satisfies it, so the plugin can be installed nowhere.',
  ),
  'PW-MANIFEST-ID': error(
    'No plugin id can be made from the name.',
    'The id names the plugin in the host, in folders and in calls; it is the name in lower-case Latin letters, digits and dashes.',
  ),
  'PW-MANIFEST-ID-DUPLICATE': fault(
    'Two commands, panels, endpoints, capabilities or dependencies have the same id.',
    'The host can only reach one of them.',
  ),
  'PW-MANIFEST-ENTRY-UNSTATED': error(
    'Nothing says which file is loaded.',
    'The plugin can be described but not run.',
  ),
  'PW-MANIFEST-ENTRY-MISSING': error('The entry file does not exist.', 'The plugin cannot be started.'),
  'PW-MANIFEST-ENTRY-KIND': warning(
    'No runtime loads a file of this kind as it is.',
    'Node runs JavaScript, and TypeScript without JSX; anything else must be built first.',
  ),
  'PW-MANIFEST-PATH-OUTSIDE': error(
    'A file of the plugin is absolute or outside its folder.',
    'A plugin is moved and packaged as one folder; a path that leads out would read other people’s files.',
  ),
  'PW-MANIFEST-FILE-MISSING': warning(
    'A file the manifest names does not exist.',
    'The package would be incomplete.',
  ),
  'PW-MANIFEST-SIZE-FORMAT': error(
    'A size is not a positive number with B, KB, MB or GB.',
    'A limit that cannot be read cannot be kept.',
  ),
  'PW-MANIFEST-GRANT-BROAD': warning(
    'A permission covers everything there is of its kind.',
    'Whatever goes wrong in the plugin, or in a package it uses, then goes wrong with everything.',
  ),
  'PW-MANIFEST-GRANT-OUTSIDE': warning(
    'A file permission reaches outside the plugin’s folder.',
    'The plugin would see files that belong to the user or to other plugins.',
  ),
  'PW-MANIFEST-GRANT-EMPTY': warning(
    'A permission is asked for in a way that grants nothing.',
    'The plugin will be denied what it seems to be allowed.',
  ),
  'PW-MANIFEST-GRANT-EXPIRED': warning(
    'A permission has ended.',
    'It is denied, though it stands in the manifest.',
  ),
  'PW-MANIFEST-PROTOCOL-INSECURE': warning(
    'A protocol without encryption is allowed.',
    'Anyone on the way can read and change what is sent.',
  ),
  'PW-MANIFEST-FILE-KIND': warning(
    'A path leads to another kind of file than its field asks for.',
    'The host can not use it: it shows no icon, reads no schema, loads no page.',
  ),
  'PW-MANIFEST-RUNTIME': fault(
    'The entry file is of another language than the runtime.',
    'The runtime is handed a file it can not read.',
  ),
  'PW-MANIFEST-RUNTIME-VERSION': warning(
    'A range of runtime versions has some that can not run the plugin, or not the one that is installed.',
    'It installs without a word and fails when it is started.',
  ),
  'PW-MANIFEST-RUNTIME-MISSING': info(
    'A runtime the plugin needs is not installed on this machine.',
    'The plugin can be edited and checked here; to run it, the runtime has to be installed first.',
  ),
  'PW-MANIFEST-RUNTIME-UNKNOWN': warning(
    'A runtime looks like a misspelt known one.',
    'The host does not look for it, and the plugin fails where the real one is missing.',
  ),
  'PW-MANIFEST-PLATFORM': info(
    'The plugin does not claim to work on this machine, or on none.',
    'A host refuses to install it here.',
  ),
  'PW-MANIFEST-HOST': fault(
    'A host pattern can match no host.',
    'The plugin is denied what it seems to be allowed.',
  ),
  'PW-MANIFEST-GLOB': fault(
    'A file pattern matches nothing, or other files than it seems to.',
    'The plugin is denied what it seems to be allowed, or allowed more than you see.',
  ),
  'PW-MANIFEST-ADDRESS': warning(
    'An address of a page is not a web address.',
    'People who want to know more, or to report a problem, can not follow it.',
  ),
  'PW-MANIFEST-LIMIT': warning(
    'A limit is so low that nothing runs, or so high that it limits nothing.',
    'The plugin is stopped as soon as it starts, or can take the whole machine.',
  ),
  'PW-MANIFEST-TIME': warning(
    'A time is in seconds where milliseconds are meant.',
    'What it limits ended in the 1970s.',
  ),
  'PW-MANIFEST-NAME': warning(
    'A name of an event, method, language, tool or other plugin has characters that such names can not have.',
    'Nothing of that name can be called, heard or found.',
  ),
  'PW-MANIFEST-ENDPOINT': warning(
    'The path of an endpoint is one that no request has.',
    'It is never called.',
  ),
  'PW-MANIFEST-PERMISSION-UNKNOWN': warning('A permission is none that its scope has.', 'It grants nothing.'),
  'PW-MANIFEST-FEATURE-UNKNOWN': warning(
    'A required feature looks like a misspelt known one.',
    'The host has no feature of that name and refuses the plugin.',
  ),
  'PW-MANIFEST-SECRET': fault(
    'A key, token or password stands in the manifest.',
    'Everyone who can read the plugin can use it, and it stays in the history of the repository. Revoke it, and read its successor from the configuration.',
  ),
  'PW-MANIFEST-SCRIPT-INSTALL': info(
    'A script runs when the plugin is installed.',
    'It runs with the rights of the user before anyone has agreed to the permissions. The workbench never runs it.',
  ),
  'PW-MANIFEST-IMAGE': warning(
    'A container image is malformed or not pinned to a version.',
    'What runs may be another program tomorrow.',
  ),
  'PW-MANIFEST-SECCOMP': warning(
    'The security profile `seccomp.json` is not one, or allows what it does not name.',
    'Hosts that use it refuse to start the plugin, or do not confine it.',
  ),
  'PW-MANIFEST-VERSION-DIFFERS': warning(
    'Another file of the plugin states another version.',
    'People and registries see two versions for one plugin.',
  ),
  'PW-MANIFEST-NAME-DIFFERS': info(
    'Another file of the plugin states another name.',
    'Tools that read that file call the plugin something else.',
  ),
  'PW-MANIFEST-RUNTIME-DIFFERS': warning(
    'No runtime version is in both ranges, that of the manifest and that of the package file.',
    'It can be installed nowhere.',
  ),
  'PW-MANIFEST-PACKAGE-MISSING': warning(
    'A package the manifest lists is not in the package file.',
    'Installing the plugin does not install it.',
  ),
  'PW-MANIFEST-PACKAGE-UNDECLARED': info(
    'A package of the package file is not in the manifest, which lists packages.',
    'Reviewers and hosts look at the manifest to know what comes along.',
  ),
  'PW-MANIFEST-CONFIG-SCHEMA': warning(
    'The schema of the configuration can not be read.',
    'Hosts can not check what users configure.',
  ),
  'PW-MANIFEST-CONFIG': warning(
    'The default configuration does not fit the schema of the configuration.',
    'The plugin begins with values that its own rules refuse.',
  ),
  'PW-MANIFEST-ID-TAKEN': warning(
    'Two plugins of the workspace have the same id.',
    'Only one of them can be loaded, and both would share one storage.',
  ),
  'PW-MANIFEST-DEPENDENCY-MISSING': warning(
    'No plugin of the workspace has the id of a dependency.',
    'The plugin can be loaded only where somebody has installed the other one.',
  ),
  'PW-MANIFEST-DEPENDENCY-VERSION': fault(
    'The plugin depended on has a version outside the range asked for.',
    'The two can not be loaded together.',
  ),
  'PW-MANIFEST-DEPENDENCY-SELF': fault(
    'A plugin depends on itself.',
    'It would have to be loaded before it can be loaded.',
  ),
  'PW-MANIFEST-DEPENDENCY-CYCLE': fault(
    'Plugins depend on each other in a circle.',
    'There is no order in which they can be loaded.',
  ),
  'PW-MANIFEST-METHOD-UNEXPOSED': warning(
    'A method the plugin calls is exposed by no plugin of the workspace.',
    'The call fails unless the host or an installed plugin answers it.',
  ),
} as const satisfies Readonly<Record<string, CodeDescription>>;

/** The code of a manifest finding. */
export type ManifestCode = keyof typeof manifestCodes;
