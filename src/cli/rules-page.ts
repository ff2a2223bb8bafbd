/** What a package says of where it can be read about. */
export interface PackageAddresses {
  readonly version: string;
  readonly homepage?: string;
  readonly repository?: string | { readonly url: string };
}

/** Web address of the page that describes the rules, as the package tells where it lives; `undefined` where it does not. */
export function rulesPageOf({ homepage, repository }: PackageAddresses): string | undefined {
  const url = typeof repository === 'string' ? repository : repository?.url;
  const at = /github\.com[/:]([^/]+\/[^/#]+?)(?:\.git)?(?:[/#]|$)/.exec(url ?? homepage ?? '');
  if (at !== null) return `https://github.com/${at[1]}/blob/main/docs/rules.md`;
  return homepage === undefined ? undefined : `${homepage.replace(/(?:\/|#.*)$/, '')}/docs/rules.md`;
}
