export {
  createPackageKnowledge,
  type PackageKnowledge,
  type PackageNeed,
  readPackageFile,
} from './knowledge.ts';
export { type PackageNeeds, packageNeeds } from './package-needs.ts';
export { type Ecosystem, packageFiles, readPackages, type UsedPackage } from './read-packages.ts';
