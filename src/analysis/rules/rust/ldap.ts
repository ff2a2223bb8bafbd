import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';

export const ldapRule = sinkRule({
  id: 'PW-RS-LDAP',
  title: 'A directory filter holds what someone else gave',
  category: 'other',
  cwe: 90,
  severity: 'error',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Parentheses and stars in the text change what the filter means: it matches every account, or another one.',
    remedy: 'Escape with `ldap3::ldap_escape`.',
    bad: `fn find(ldap: &mut ldap3::LdapConn, name: &str) {
    let found = ldap.search("dc=example", ldap3::Scope::Subtree, &format!("(uid={})", name), vec!["cn"]);
}`,
    good: `fn find(ldap: &mut ldap3::LdapConn, name: &str) {
    let found = ldap.search("dc=example", ldap3::Scope::Subtree, &format!("(uid={})", ldap3::ldap_escape(name)), vec!["cn"]);
}`,
  },
  does: 'becomes part of a directory filter',
  sinks: [
    { call: calls('ldap3.Ldap.search ldap3.Ldap.streaming_search'), argument: 2, from: 'built' },
    {
      call: calls('ldap3.Ldap.search ldap3.Ldap.simple_bind ldap3.Ldap.delete ldap3.Ldap.modify'),
      from: 'user',
    },
  ],
});
