// The smallest zip writer that serves: stored entries with a fixed date, so that an archive has the same CID in every build.
import zlib from 'node:zlib';

const DATE = 0x58c1; // 2024-06-01
const FLAG_UTF8 = 0x0800;

/** @param files name → Buffer or text */
export function zip(files) {
  const locals = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const path = Buffer.from(name);
    const data = Buffer.from(content);
    const shared = Buffer.alloc(26); // what local and central header have in common
    shared.writeUInt16LE(20, 0); // version needed
    shared.writeUInt16LE(FLAG_UTF8, 2);
    shared.writeUInt16LE(DATE, 8);
    shared.writeUInt32LE(zlib.crc32(data), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(path.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    locals.push(Buffer.from('PK\x03\x04'), shared, path, data);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, tail, path);
    offset += 30 + path.length + data.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}
