/** The settings of every window under test: quiet, still, and the same each time. */
export const windowSettings: Readonly<Record<string, unknown>> = {
  'telemetry.telemetryLevel': 'off',
  'git.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.reduceMotion': 'on',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Dark Modern',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'files.autoSave': 'off',
  // In a window that asks for trust, the question would cover everything; the suites grant it themselves.
  'security.workspace.trust.startupPrompt': 'never',
};
