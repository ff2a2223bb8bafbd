import type { CallEvent } from '../../flow/index.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { isOff, isOn, misusedCalls, python } from './misuse.ts';

const PARSERS =
  'xml.etree.ElementTree.parse xml.etree.ElementTree.fromstring xml.etree.ElementTree.XML xml.etree.ElementTree.iterparse xml.etree.ElementTree.fromstringlist ' +
  'xml.dom.minidom.parse xml.dom.minidom.parseString xml.dom.pulldom.parse xml.dom.pulldom.parseString xml.sax.parse xml.sax.parseString ' +
  'xml.dom.expatbuilder.parse xml.dom.expatbuilder.parseString xml.parsers.expat.ParserCreate lxml.etree.parse lxml.etree.fromstring lxml.etree.XML lxml.etree.iterparse xmltodict.parse_unsafe';

function hasSafeParser(call: CallEvent, { values, text }: RuleContext): boolean {
  const parser = call.argument(1, 'parser');
  if (parser === undefined) return isOffFor(call);
  if (values.pathsOf(parser.value).some(path => /^defusedxml\./.test(path))) return true;
  // What the parser is made with is told where it is made.
  return (
    values.pathsOf(parser.value).some(path => /^lxml\.etree\.\w*Parser$/.test(path)) &&
    /resolve_entities\s*=\s*False/.test(text)
  );
}

function isOffFor(call: CallEvent): boolean {
  return call.args.some(({ name, value }) => name === 'resolve_entities' && value.constants?.[0] === false);
}

export const xxeRule: Rule = {
  id: 'PW-PY-XXE',
  title: 'XML is read with entities',
  category: 'other',
  cwe: 611,
  severity: 'warning',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Entities in the text read files of the machine, ask other servers, or grow until the memory is full.',
    remedy: 'Use `defusedxml`, or a parser with `resolve_entities=False`.',
    bad: 'import xml.etree.ElementTree as ET\n\ndef load(text):\n    return ET.fromstring(text)',
    good: 'import defusedxml.ElementTree as ET\n\ndef load(text):\n    return ET.fromstring(text)',
  },
  watches: [
    misusedCalls(PARSERS, (call, context) => {
      const [source] = call.args;
      if (source === undefined || hasSafeParser(call, context)) return undefined;
      const taint = context.values.taintOf(source.value, 'other');
      if (taint === undefined) return undefined;
      return {
        message: `${taint.source.charAt(0).toUpperCase()}${taint.source.slice(1)} is read as XML with entities.`,
        taint,
        severity: taint.level === 'user' ? 'error' : 'warning',
      };
    }),
    misusedCalls('lxml.etree.XMLParser lxml.etree.ETCompatXMLParser', (call, context) => {
      const unsafe = ['resolve_entities', 'load_dtd', 'dtd_validation', 'huge_tree'].some(name =>
        isOn(call.option(name), context),
      );
      return unsafe || isOff(call.option('no_network'), context)
        ? 'This parser reads what entities name.'
        : undefined;
    }),
    misusedCalls('**.setFeature', (call, context) => {
      const [feature, value] = call.args;
      if (feature === undefined || value === undefined || !isOn(value.value, context)) return undefined;
      const name = context.textOf(feature.node) + (context.values.textOf(feature.value) ?? '');
      return /feature_external_[gp]es|external-(?:general|parameter)-entities/.test(name)
        ? 'This parser reads what entities name.'
        : undefined;
    }),
  ],
};
