/** A line of the Plugins view, in words of our own; the view turns it into VS Code's. */
export interface Row {
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon;
  /** What menus match: `plugin:idle`, `plugin:alive`, `plugin:failed`, `plugin:invalid`, `command:alive`, `detail`… */
  readonly context: string;
}

/** A codicon and, where it carries a meaning, the id of a theme colour. */
export interface RowIcon {
  readonly id: string;
  readonly color?: string;
}
