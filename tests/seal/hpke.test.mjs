// hpke.test.mjs: what our program seals, @hpke/core opens, and the other way round; what was changed, neither opens. See hpke_test.sh.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const child = spawn(process.env.PIPE, { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
after(() => child.stdin.end());

const hex = (bytes) => Buffer.from(bytes).toString('hex') || '-';
async function ask(...words) {
	child.stdin.write(`${words.map((word) => (typeof word === 'string' ? word : hex(word))).join(' ')}\n`);
	return (await lines.next()).value;
}
const sizes = [0, 1, 15, 16, 17, 2048, ...Array.from({ length: 24 }, () => randomInt(5000))];
const arrayBuffer = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);

async function pair() {
	const keys = await suite.kem.generateKeyPair();
	return { keys, public: Buffer.from(await suite.kem.serializePublicKey(keys.publicKey)), secret: Buffer.from(await suite.kem.serializePrivateKey(keys.privateKey)) };
}

test('ours sealed, theirs opened', async () => {
	for (const size of sizes) {
		const own = await pair(), info = randomBytes(randomInt(40)), about = randomBytes(randomInt(40)), plain = randomBytes(size);
		const sealed = Buffer.from(await ask('seal', own.public, info, about, plain), 'hex');
		assert.equal(sealed.length, size + 48);
		const open = (bytes) => suite.open({ recipientKey: own.keys.privateKey, enc: arrayBuffer(bytes.subarray(0, 32)), info: arrayBuffer(info) },
			arrayBuffer(bytes.subarray(32)), arrayBuffer(about));
		assert.equal(hex(await open(sealed)), hex(plain));
		sealed[32 + randomInt(size + 16)] ^= 1;
		await assert.rejects(open(sealed));
	}
});

test('theirs sealed, ours opened', async () => {
	for (const size of sizes) {
		const own = await pair(), info = randomBytes(randomInt(40)), about = randomBytes(randomInt(40)), plain = randomBytes(size);
		const { ct, enc } = await suite.seal({ recipientPublicKey: own.keys.publicKey, info: arrayBuffer(info) }, arrayBuffer(plain), arrayBuffer(about));
		const sealed = Buffer.concat([Buffer.from(enc), Buffer.from(ct)]);
		assert.equal(await ask('open', own.secret, info, about, sealed), size === 0 ? '' : hex(plain));
		sealed[randomInt(size + 48 - 32) + 32] ^= 1;
		assert.equal(await ask('open', own.secret, info, about, sealed), 'refused');
	}
});
