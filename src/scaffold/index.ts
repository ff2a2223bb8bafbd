export {
  type ChangeSet,
  type PlannedChange,
  previewChangeSet,
  type ScaffoldFiles,
  writeChangeSet,
} from './change-set.ts';
export { diskFiles, templatesIn } from './node-files.ts';
export {
  planScaffold,
  type ScaffoldLanguage,
  type ScaffoldRequest,
  scaffoldLanguages,
  type TemplateSource,
} from './plan.ts';
export { checkPluginName } from './plugin-name.ts';
