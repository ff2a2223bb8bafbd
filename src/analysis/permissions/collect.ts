import { createLineMap, type LineMap } from '../../base/index.ts';
import type { CallEvent, ReadEvent, Values } from '../flow/index.ts';
import type { SourceLanguage } from '../languages.ts';
import type { Rule, RuleContext, Watch } from '../rules/rule.ts';
import type { SyntaxNode } from '../syntax/node.ts';
import type { Effect, SdkEffect } from './effect.ts';
import { effectsOf, sdkEffects } from './effects/index.ts';
import { mergeNeeds, type Need, type NeedConfidence } from './need.ts';
import { type Resource, resourcesOf } from './resources-of.ts';
import { isSdkCall, sdkPatterns } from './sdk-names.ts';

/** Collects what source needs, while the analysis of each file shows what it comes to. */
export interface NeedCollector {
  /** How it is shown what happens: rules that never report anything. */
  readonly rules: readonly Rule[];
  /** What was collected of a file, each need once; forgets it. Call it when the file has been gone through. */
  take(file: string): readonly Need[];
}

/** Most needs of one file; a bundle has thousands of calls, and nobody reads more. */
const MAX_NEEDS = 2000;

/**
 * Makes a collector; one can serve many files, one after the other.
 *
 * @param relativeTo gives the path of a file relative to the plugin's folder, with `/`; its name alone when left out
 */
export function createNeedCollector(
  relativeTo: (file: string) => string = file =>
    file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1),
): NeedCollector {
  const relativeOf = ({ file }: RuleContext): string => relativeTo(file);
  const files = new Map<string, Need[]>();
  const lines = new WeakMap<object, LineMap>();

  const lineMapOf = (context: RuleContext): LineMap => {
    const known = lines.get(context.module);
    if (known !== undefined) return known;
    const made = createLineMap(context.text);
    lines.set(context.module, made);
    return made;
  };

  /** Also where the same call is come to again by another way: places are counted once. */
  const add = (found: Found, node: SyntaxNode, context: RuleContext): void => {
    const needs = files.get(context.file) ?? [];
    files.set(context.file, needs);
    if (needs.length >= MAX_NEEDS) return;
    const { effect, confidence, through, name, actions, resources } = found;
    const evidence = {
      file: context.file,
      range: lineMapOf(context).rangeOf(node.start, node.end),
      why: `\`${name}\` ${effect.does}`,
      confidence,
      through,
    };
    for (const action of actions)
      for (const { isForCallers, ...resource } of resources) {
        const place = isForCallers ? { ...evidence, isForCallers } : evidence;
        needs.push({ scope: effect.scope, action, ...resource, evidence: [place] });
      }
  };

  const watchEffect = (effect: Effect): Watch[] => {
    const { call: calls, read: reads, confidence = 'high', through = 'runtime' } = effect;
    const onCall = (call: CallEvent, context: RuleContext): void => {
      const { values } = context;
      if (effect.when?.(call, values) === false) return;
      const resources = resourcesOf(effect, call, values, relativeOf(context));
      const name = nameOf(call);
      add(
        { effect, confidence, through, name, actions: actionsOf(effect, call, values), resources },
        call.node,
        context,
      );
    };
    const onRead = (read: ReadEvent, context: RuleContext): void => {
      const name = effect.is === 'name' ? memberRead(read.node, context) : undefined;
      // The whole of it is handed on, or asked for a name by a call, which is shown by itself.
      if (effect.is === 'name' && name === undefined) return;
      const resources: Resource[] = [{ resource: effect.resource ?? name ?? '*' }];
      const actions = typeof effect.action === 'function' ? [] : [effect.action].flat();
      const at = name === undefined ? read.node : (read.node.parent ?? read.node);
      const shown = context.textOf(at).slice(0, 60);
      add({ effect, confidence, through, name: shown, actions, resources }, at, context);
    };
    return [
      ...(calls === undefined ? [] : [{ on: 'call', of: calls, check: onCall } as const]),
      ...(reads === undefined ? [] : [{ on: 'read', of: reads, check: onRead } as const]),
    ];
  };

  const watchSdk = (effect: SdkEffect, language: SourceLanguage): Watch => ({
    on: 'call',
    of: sdkPatterns(effect),
    check: (call, context) => {
      const confidence = isSdkCall(effect, call);
      if (confidence === undefined || effect.when?.(call, context.values) === false) return;
      const shifted = shift(effect, effect.shift?.[language] ?? 0);
      const resources = resourcesOf(shifted, call, context.values, relativeOf(context));
      const actions = actionsOf(effect, call, context.values);
      add({ effect, confidence, through: 'sdk', name: nameOf(call), actions, resources }, call.node, context);
    },
  });

  const rules = families.map(languages => {
    const [language] = languages;
    const watches = [
      ...effectsOf(language).flatMap(watchEffect),
      ...sdkEffects
        .filter(({ except }) => except?.includes(language) !== true)
        .map(effect => watchSdk(effect, language)),
    ];
    return ruleOf(languages, watches);
  });

  return {
    rules,
    take: file => {
      const needs = files.get(file) ?? [];
      files.delete(file);
      return mergeNeeds(needs);
    },
  };
}

/** Languages that share a table. */
const families = [
  ['javascript', 'typescript', 'tsx'],
  ['python'],
  ['go'],
  ['rust'],
] as const satisfies readonly (readonly [SourceLanguage, ...SourceLanguage[]])[];

function ruleOf(languages: readonly [SourceLanguage, ...SourceLanguage[]], watches: readonly Watch[]): Rule {
  return {
    id: `PW-NEEDS-${languages[0].toUpperCase()}`,
    title: 'What source needs',
    category: 'other',
    cwe: 250,
    severity: 'hint',
    confidence: 'high',
    languages,
    docs: { risk: '', remedy: '', bad: '', good: '' },
    watches,
  };
}

interface Found {
  readonly effect: Pick<Effect, 'scope' | 'does'>;
  readonly confidence: NeedConfidence;
  readonly through: 'sdk' | 'runtime';
  readonly name: string;
  readonly actions: readonly string[];
  readonly resources: readonly Resource[];
}

function actionsOf({ action }: Pick<Effect, 'action'>, call: CallEvent, values: Values): readonly string[] {
  return typeof action === 'function' ? action(call, values) : [action].flat();
}

function shift(effect: SdkEffect, by: number): SdkEffect {
  const { at = 0 } = effect;
  if (by === 0) return effect;
  if (typeof at === 'number') return { ...effect, at: at + by };
  return typeof at === 'string' ? effect : { ...effect, at: [at[0] + by, at[1]] };
}

/** What is called, as a person would say it. */
function nameOf(call: CallEvent): string {
  const [path] = call.paths;
  const name = path ?? (call.receiverText === '' ? call.method : `${call.receiverText}.${call.method}`);
  return name.replace(/^(?:global|builtins|builtin)\./u, '').slice(0, 80);
}

/** The member that is read of something: `TOKEN` of `process.env.TOKEN` and of `os.environ['TOKEN']`. */
function memberRead(node: SyntaxNode, context: RuleContext): string | undefined {
  const { parent } = node;
  if (
    parent === undefined ||
    !/^(?:member_expression|subscript_expression|subscript|attribute)$/u.test(parent.type)
  )
    return undefined;
  const key = parent.children.find(child => child.start >= node.end);
  const text = key === undefined ? '' : context.textOf(key);
  const name = /^(?:["'`]([^"'`$]+)["'`]|([A-Za-z_]\w*))$/u.exec(text);
  // A name in brackets is a variable, a method is none of the environment.
  if (name?.[1] === undefined && /^subscript/u.test(parent.type)) return undefined;
  const isCalled = parent.parent?.type === 'call' || parent.parent?.type === 'call_expression';
  return isCalled && name?.[1] === undefined && parent.type === 'attribute'
    ? undefined
    : (name?.[1] ?? name?.[2]);
}
