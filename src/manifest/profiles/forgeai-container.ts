import { parseManifest } from '../document.ts';
import { stringAt } from '../meaning/values.ts';
import type { MappingInput } from './profile.ts';

/** An image reference after the distribution specification: registry, path, tag, digest. */
const imageReference =
  /^(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@sha256:[a-f0-9]{64})?$/u;

/** Checks `container_image`, and the optional `Dockerfile` and `seccomp.json` beside the manifest. */
export function checkContainer(input: MappingInput): void {
  checkImage(input);
  checkDockerfile(input);
  checkSeccomp(input);
}

function checkImage({ document, report }: MappingInput): void {
  const path = ['container_image'];
  const image = stringAt(document, path);
  if (image === undefined || image === '') return;
  const match = imageReference.exec(image);
  if (match === null) report('PW-MANIFEST-IMAGE', path, `\`${image}\` is no name of a container image.`);
  else if (match[2] === undefined && (match[1] === undefined || match[1] === ':latest'))
    report('PW-MANIFEST-IMAGE', path, `\`${image}\` is not pinned: name a version, or better a digest.`);
}

function checkDockerfile({ files, report }: MappingInput): void {
  const kind = files.kindOf('Dockerfile');
  const text = kind === 'file' ? files.textOf?.('Dockerfile') : undefined;
  const hasBase = text === undefined || /^\s*FROM\s+\S/imu.test(text);
  if (kind === 'folder' || !hasBase)
    report('PW-MANIFEST-FILE-KIND', ['container_image'], '`Dockerfile` is not one: it has no `FROM`.');
}

/** The profile's form is that of the OCI runtime specification, as Docker reads it. */
function checkSeccomp({ document, files, report }: MappingInput): void {
  const kind = files.kindOf('seccomp.json');
  if (kind === undefined) return;
  const text = files.textOf?.('seccomp.json');
  if (kind === 'file' && text === undefined) return;
  const folder = document.file.replace(/[^\\/]+$/u, '');
  const profile = parseManifest(text ?? '', `${folder}seccomp.json`);
  const action = stringAt(profile, ['defaultAction']);
  const fault =
    profile.root?.kind !== 'object' || profile.findings.some(finding => finding.severity === 'error')
      ? 'it is no JSON object'
      : action === undefined || !/^SCMP_ACT_[A-Z_]+$/u.test(action)
        ? 'it has no `defaultAction` such as `SCMP_ACT_ERRNO`'
        : action === 'SCMP_ACT_ALLOW'
          ? 'its `defaultAction` allows every system call it does not name'
          : undefined;
  if (fault === undefined) return;
  const related = [
    { file: profile.file, range: profile.rangeOf(['defaultAction']), message: 'The security profile.' },
  ];
  report('PW-MANIFEST-SECCOMP', ['security_level'], `\`seccomp.json\`: ${fault}.`, { related });
}
