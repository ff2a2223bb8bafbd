import type { SourceLanguage } from '../../analysis/index.ts';

/** A file to look at. */
export interface Place {
  /** Absolute path. */
  readonly file: string;
  /** Absolute path of the folder of the project it is part of; data is followed between files below it. */
  readonly root: string;
  readonly language: SourceLanguage;
  /** Whether it tries out other code. */
  readonly isTest: boolean;
  /** In bytes, when it was found. */
  readonly size: number;
}

/** The files that were found, and what was passed by. */
export interface Places {
  readonly places: readonly Place[];
  /** How many folders of dependencies and build output were left out. */
  readonly leftOutFolders: number;
  /** How many minified files and files of nothing but types were left out. */
  readonly leftOutFiles: number;
  /** Files that were named but are in no known language. */
  readonly unknown: readonly string[];
}
