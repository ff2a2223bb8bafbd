export {
  type ChangeSet,
  type PlannedChange,
  previewChangeSet,
  type ScaffoldFiles,
  writeChangeSet,
} from './change-set.ts';
export { type ScaffoldLanguage, scaffoldLanguages } from './languages.ts';
export { diskFiles, templatesIn } from './node-files.ts';
export { planScaffold, type ScaffoldRequest, type TemplateSource } from './plan.ts';
export { checkPluginName } from './plugin-name.ts';
