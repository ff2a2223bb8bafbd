import { decodeName } from '../syntax/literal.ts';
import type { SyntaxNode } from '../syntax/node.ts';
import { globalName, memberName, moduleName } from './canonical.ts';
import { type Constant, evaluate, keyText } from './constant.ts';
import { collectDeclarations, type Declarations } from './declarations.ts';
import { ObjectLiterals } from './object-literals.ts';
import type { Binding, Write } from './scope.ts';

/** Far more indirections than honest code has; bounds the work that a hostile file can cause. */
const MAX_STEPS = 40;

/** As many assignments to one member as are looked at. */
const MAX_MEMBER_WRITES = 1_000;

/** Expressions that can stand for something with a canonical name. */
const NAMING = new Set([
  'identifier',
  'shorthand_property_identifier',
  'member_expression',
  'subscript_expression',
  'call_expression',
  'parenthesized_expression',
  'await_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'sequence_expression',
  'type_assertion',
  'assignment_expression',
  'ternary_expression',
  'binary_expression',
]);

const FUNCTION_VALUES = new Set(['function_expression', 'generator_function', 'arrow_function']);

/** What the expressions of one file mean: which global or module member they name, which constant they are. */
export class Names {
  readonly text: string;
  // Undefined only while the declarations themselves are being collected, which asks for property keys.
  #declarations: Declarations | undefined;
  readonly #paths = new Map<SyntaxNode, string | undefined>();
  readonly #constants = new Map<SyntaxNode, Constant | undefined>();
  readonly #literals = new ObjectLiterals(this);
  readonly #bindings = new Map<Binding, string | undefined>();
  readonly #members = new Map<string, string | undefined>();
  #steps = 0;

  constructor(text: string, nodes: readonly SyntaxNode[]) {
    this.text = text;
    this.#declarations = collectDeclarations(nodes, this);
    this.#constants.clear();
    this.#paths.clear();
    this.#bindings.clear();
    this.#members.clear();
    this.#literals.forget();
  }

  /** The source text of a node. */
  textOf(node: SyntaxNode): string {
    return this.text.slice(node.start, node.end);
  }

  /** An identifier's name, its escapes decoded. */
  nameOf(node: SyntaxNode): string {
    return decodeName(this.textOf(node));
  }

  /** A property key that is known before the program runs; `undefined` for a computed one. */
  keyOf(node: SyntaxNode): string | undefined {
    return keyText(node, this);
  }

  /** The value of an expression that is the same in every run; `undefined` when it can vary or can't be told. */
  constantOf(node: SyntaxNode): Constant | undefined {
    return this.#bounded(this.#constants, node, () => evaluate(node, this));
  }

  /** The canonical name of what an expression means (see `canonical.ts`); `undefined` for the file's own things. */
  pathOf(node: SyntaxNode): string | undefined {
    // Leaves that can't name anything are most of what is asked about.
    if (!NAMING.has(node.type)) return undefined;
    return this.#bounded(this.#paths, node, () => this.#resolve(node));
  }

  /** The one expression an identifier always stands for; `undefined` when it is assigned twice or not known. */
  onlyValueOf(identifier: SyntaxNode): SyntaxNode | undefined {
    const writes = this.#declarations?.scopes.lookup(this.nameOf(identifier), identifier)?.writes;
    const [write] = writes ?? [];
    if (writes?.length !== 1 || write?.value === undefined) return undefined;
    return write.path.length === 0 ? write.value : this.#literals.propertyAt(write.value, write.path);
  }

  /** The value of a property that an object literal (or a name for one) spells out. */
  memberValue(object: SyntaxNode, property: string): SyntaxNode | undefined {
    return this.#literals.propertyAt(object, [property]);
  }

  #bounded<T>(
    known: Map<SyntaxNode, T | undefined>,
    node: SyntaxNode,
    work: () => T | undefined,
  ): T | undefined {
    if (known.has(node)) return known.get(node);
    if (this.#steps >= MAX_STEPS) return undefined;
    // Stands in while the answer is being worked out, so that `a = b; b = a` ends.
    known.set(node, undefined);
    this.#steps++;
    try {
      const result = work();
      known.set(node, result);
      return result;
    } finally {
      this.#steps--;
    }
  }

  #resolve(node: SyntaxNode): string | undefined {
    switch (node.type) {
      case 'identifier':
      case 'shorthand_property_identifier':
        return this.#resolveIdentifier(node);
      case 'member_expression':
      case 'subscript_expression':
        return this.#resolveMember(node);
      case 'call_expression':
        return this.#resolveCall(node);
      case 'parenthesized_expression':
      case 'await_expression':
      case 'as_expression':
      case 'satisfies_expression':
      case 'non_null_expression':
        return node.inner && this.pathOf(node.inner);
      case 'sequence_expression':
      case 'type_assertion': {
        const last = node.children.at(-1);
        return last && this.pathOf(last);
      }
      case 'assignment_expression': {
        const right = node.child('right');
        return right && this.pathOf(right);
      }
      case 'ternary_expression':
        return this.#firstOf(node.child('consequence'), node.child('alternative'));
      case 'binary_expression': {
        const operator = node.child('operator')?.type;
        if (operator === '||' || operator === '??')
          return this.#firstOf(node.child('left'), node.child('right'));
        return operator === '&&' ? this.#firstOf(node.child('right')) : undefined;
      }
      default:
        return undefined;
    }
  }

  #firstOf(...candidates: (SyntaxNode | undefined)[]): string | undefined {
    for (const candidate of candidates) {
      const path = candidate && this.pathOf(candidate);
      if (path !== undefined) return path;
    }
    return undefined;
  }

  #resolveIdentifier(node: SyntaxNode): string | undefined {
    const name = this.nameOf(node);
    const binding = this.#declarations?.scopes.lookup(name, node);
    if (binding === undefined) return name === 'undefined' ? undefined : globalName(name);
    if (this.#bindings.has(binding)) return this.#bindings.get(binding);
    // Answered once a binding, or a file with many assignments and many uses would take their product.
    this.#bindings.set(binding, undefined);
    const path = this.#resolveBinding(binding);
    this.#bindings.set(binding, path);
    return path;
  }

  #resolveBinding({ name, writes }: Binding): string | undefined {
    for (const write of writes) {
      const path = this.#resolveWrite(write);
      if (path !== undefined) return path;
    }
    // Bundlers and AMD hand `require` in as a parameter; it is the real one all the same.
    const handedIn = writes.every(write => write.value === undefined && write.module === undefined);
    return name === 'require' && handedIn ? 'global.require' : undefined;
  }

  #resolveWrite({ value, module, path }: Write): string | undefined {
    const base = module === undefined ? value && this.pathOf(value) : moduleName(module);
    if (base !== undefined) return path.reduce(memberName, base);
    // What an object literal spells out, as far as the path stays inside literals.
    for (let length = path.length; value && length > 0; length--) {
      const property = this.#literals.propertyAt(value, path.slice(0, length));
      const name = property && this.pathOf(property);
      if (name !== undefined) return path.slice(length).reduce(memberName, name);
    }
    return undefined;
  }

  #resolveMember(node: SyntaxNode): string | undefined {
    const object = node.child('object');
    const key = node.child('property') ?? node.child('index');
    if (!object || !key) return undefined;
    const property = node.type === 'member_expression' ? this.nameOf(key) : this.#indexText(key);
    if (property === undefined) return undefined;
    if (property === 'constructor' && this.#isFunction(object)) return 'global.Function';
    const base = this.pathOf(object);
    if (base !== undefined) return memberName(base, property);
    if (object.type === 'this') return this.#resolveOwnMember(property);
    const value = this.#literals.propertyAt(object, [property]);
    return value && this.pathOf(value);
  }

  /** What `this.<property>` stands for in any class of the file. */
  #resolveOwnMember(property: string): string | undefined {
    if (this.#members.has(property)) return this.#members.get(property);
    this.#members.set(property, undefined);
    const path = this.#firstOf(
      ...(this.#declarations?.members.get(property) ?? []).slice(0, MAX_MEMBER_WRITES),
    );
    this.#members.set(property, path);
    return path;
  }

  #indexText(key: SyntaxNode): string | undefined {
    const value = this.constantOf(key);
    return value === undefined ? undefined : String(value);
  }

  /** Whether an expression is certainly a function: a literal, or what `x.constructor` gives. */
  #isFunction(node: SyntaxNode): boolean {
    if (FUNCTION_VALUES.has(node.type)) return true;
    if (node.type === 'parenthesized_expression')
      return node.inner !== undefined && this.#isFunction(node.inner);
    if (node.type === 'member_expression' || node.type === 'subscript_expression') {
      const key = node.child('property') ?? node.child('index');
      return key !== undefined && this.keyOf(key) === 'constructor';
    }
    if (node.type !== 'call_expression') return false;
    const callee = node.child('function');
    const path = callee && this.pathOf(callee);
    const argument = node.child('arguments')?.inner;
    return path === 'global.Object.getPrototypeOf' && argument !== undefined && this.#isFunction(argument);
  }

  #resolveCall(node: SyntaxNode): string | undefined {
    const callee = node.child('function');
    const argument = node.child('arguments')?.inner;
    if (!callee) return undefined;
    const path = callee.type === 'import' ? 'import' : this.pathOf(callee);
    switch (path) {
      case 'import':
      case 'global.require':
      case 'global.process.getBuiltinModule': {
        const specifier = argument && this.constantOf(argument);
        return typeof specifier === 'string' ? moduleName(specifier) : undefined;
      }
      case 'module:module.createRequire':
        return 'global.require';
      case 'module:util.promisify':
        return argument && this.pathOf(argument);
      case 'global.Reflect.get': {
        const [target, key] = node.child('arguments')?.children ?? [];
        const base = target && this.pathOf(target);
        const name = key && this.constantOf(key);
        return base !== undefined && name !== undefined ? memberName(base, String(name)) : undefined;
      }
      default:
        return path?.endsWith('.bind') ? path.slice(0, -'.bind'.length) : undefined;
    }
  }

  /** Like `onlyValueOf`, for plain initialisers alone, so that it never comes back to property lookup. */
  onlyIdentifierValue(identifier: SyntaxNode): SyntaxNode | undefined {
    const writes = this.#declarations?.scopes.lookup(this.nameOf(identifier), identifier)?.writes;
    return writes?.length === 1 && writes[0]?.path.length === 0 ? writes[0].value : undefined;
  }
}
