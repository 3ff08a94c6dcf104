// ZIP files in memory: written with stored entries, and read within limits.

/** What is wrong with a ZIP file, in a sentence for the learner. */
export class ZipError extends Error {}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const UTF8 = 0x0800;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
const LONGEST_COMMENT = 0xffff;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
  let crc = number;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 0xff];
  return (crc ^ 0xffffffff) >>> 0;
}

function dosTime(date) {
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  const year = Math.min(Math.max(date.getFullYear(), 1980), 2107);
  return [time, ((year - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate()];
}

/** Fill a header: pairs of a value and the number of its bytes. */
function header(...fields) {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, size]) => sum + size, 0)));
  let at = 0;
  for (const [value, size] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return new Uint8Array(view.buffer);
}

/**
 * Return a ZIP file as a Blob.
 *
 * `files` holds objects with `path`, `bytes` and `date`; `comment` is an ASCII text at its end.
 */
export function makeZip(files, comment) {
  const parts = [];
  const list = [];
  let offset = 0;
  for (const { path, bytes, date } of files) {
    const name = new TextEncoder().encode(path);
    const [time, day] = dosTime(date);
    // Version to read it, flags, method, time, day, checksum, sizes, length of the name, extras.
    const common = [
      [20, 2], [UTF8, 2], [STORED, 2], [time, 2], [day, 2], [crc32(bytes), 4],
      [bytes.length, 4], [bytes.length, 4], [name.length, 2], [0, 2],
    ];
    const local = header([LOCAL, 4], ...common);
    list.push(
      header([CENTRAL, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
      name,
    );
    parts.push(local, name, bytes);
    offset += local.length + name.length + bytes.length;
  }
  const size = list.reduce((sum, part) => sum + part.length, 0);
  const end = header(
    [END, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [offset, 4],
    [comment.length, 2],
  );
  return new Blob([...parts, ...list, end, comment], { type: "application/zip" });
}

/**
 * Return the files in a ZIP file: objects with `path` and `read`, which gives the bytes.
 *
 * Nothing is unpacked before it is read; `read(most)` gives null where there are more bytes.
 */
export function readZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return [...entries(view, bytes)];
  } catch (error) {
    // A place outside of the file.
    throw error instanceof RangeError ? new ZipError("it is damaged") : error;
  }
}

function* entries(view, bytes) {
  const end = endOfZip(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let number = 0; number < count; number++) {
    if (view.getUint32(at, true) !== CENTRAL) throw new ZipError("it is damaged");
    const [nameSize, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const name = bytes.subarray(at + 46, at + 46 + nameSize);
    const entry = {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      mode: view.getUint32(at + 38, true) >>> 16,
      place: view.getUint32(at + 42, true),
    };
    at += 46 + nameSize + extra + comment;
    const path = pathIn(new TextDecoder().decode(name));
    // A name that ends with a slash is a folder's.
    if (name.at(-1) !== 0x2f) yield { path, read: (most) => content(view, bytes, entry, most) };
  }
}

function endOfZip(view) {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw new ZipError("it is no ZIP file, or only a part of one");
}

/** Return a member's path with its folders, wherever it points. */
function pathIn(name) {
  const parts = name.slice(-1000).replaceAll("\\", "/").split("/");
  return parts.filter((part) => part !== "" && part !== "." && part !== "..").join("/") || "?";
}

async function content(view, bytes, entry, most) {
  const kind = entry.mode & 0xf000;
  if (entry.flags & ENCRYPTED) throw new ZipError("is encrypted with a password");
  if (kind !== 0 && kind !== 0x8000) throw new ZipError("is a link or a device");
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new ZipError("is packed by a method that cannot be read here");
  }
  const damaged = new ZipError("is damaged");
  if (entry.place + 30 > bytes.length || view.getUint32(entry.place, true) !== LOCAL) throw damaged;
  const [name, extra] = [26, 28].map((place) => view.getUint16(entry.place + place, true));
  const start = entry.place + 30 + name + extra;
  if (start + entry.packed > bytes.length) throw damaged;
  const held = bytes.subarray(start, start + entry.packed);
  const data = entry.method === STORED ? held : await inflated(held, most, damaged);
  if (data === null || data.length > most) return null;
  if (data.length !== entry.size || crc32(data) !== entry.crc) throw damaged;
  return data;
}

/** Return what deflated bytes hold; null where that is more than `most`. */
async function inflated(held, most, damaged) {
  const reader = new Blob([held]).stream().pipeThrough(new DecompressionStream("deflate-raw"))
    .getReader();
  const pieces = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      size += value.length;
      if (size > most) {
        await reader.cancel();
        return null;
      }
    }
  } catch {
    throw damaged;
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
