import Testing

@testable import Pseudonym

/// One vector file's mode, in the names of the standard's project.
private struct Mode: Decodable, Sendable {
    let mode: Int
    let seed: Hex
    let keyInfo: Hex
    let skSm: Hex
    let pkSm: Hex?
    let vectors: [Vector]

    struct Vector: Decodable, Sendable {
        let batch: Int
        let input: String
        let blind: String
        let blindedElement: String
        let evaluationElement: String
        let output: String
        let proof: Proof?

        private enum CodingKeys: String, CodingKey {
            case batch = "Batch"
            case input = "Input"
            case blind = "Blind"
            case blindedElement = "BlindedElement"
            case evaluationElement = "EvaluationElement"
            case output = "Output"
            case proof = "Proof"
        }
    }

    struct Proof: Decodable, Sendable {
        let proof: Hex
        let r: Hex
    }
}

@Suite("VOPRF against RFC 9497")
struct StandardVectorTests {
    @Test(
        "runs the vectors of the standard's project",
        .enabled(
            if: VectorFile.hasStandard, "the standards' vectors do not lie beside this checkout"))
    func runsProjectVectors() throws {
        let modes: [Mode] = try VectorFile.load(VectorFile.standard)
        let verifiable = try #require(modes.first { $0.mode == 1 })
        let key = try VOPRFSecretKey.derive(
            seed: verifiable.seed.bytes, info: verifiable.keyInfo.bytes)
        #expect(key.bytes == verifiable.skSm.bytes)
        #expect(key.publicKey.bytes == verifiable.pkSm?.bytes)
        #expect(verifiable.vectors.contains { $0.batch == 2 })
        for vector in verifiable.vectors {
            let proof = try #require(vector.proof)
            try run(
                Exchange(
                    inputs: hexList(vector.input), blinds: hexList(vector.blind),
                    blinded: hexList(vector.blindedElement),
                    evaluated: hexList(vector.evaluationElement),
                    outputs: hexList(vector.output), nonce: proof.r, proof: proof.proof),
                key: key)
        }
    }

    @Test("runs the batch of two of RFC 9497 appendix A.1.2")
    func runsAppendixBatch() throws {
        let key = try VOPRFSecretKey.derive(
            seed: [UInt8](repeating: 0xA3, count: 32), info: Array("test key".utf8))
        #expect(
            try key.bytes
                == Hex("e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909").bytes)
        #expect(
            try key.publicKey.bytes
                == Hex("c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e").bytes)
        try run(Self.appendixBatch(), key: key)
    }

    private static func appendixBatch() throws -> Exchange {
        try Exchange(
            inputs: [Hex("00"), Hex("5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a")],
            blinds: [
                Hex("64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706"),
                Hex("222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e"),
            ],
            blinded: [
                Hex("863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945"),
                Hex("90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654"),
            ],
            evaluated: [
                Hex("aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e"),
                Hex("cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a"),
            ],
            outputs: [
                Hex(
                    "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7d"
                        + "a4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c"),
                Hex(
                    "8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60"
                        + "356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6"),
            ],
            nonce: Hex("419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c"),
            proof: Hex(
                "cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a"
                    + "5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08"))
    }

    /// All values of one exchange, each list in the order asked.
    private struct Exchange {
        let inputs: [Hex]
        let blinds: [Hex]
        let blinded: [Hex]
        let evaluated: [Hex]
        let outputs: [Hex]
        let nonce: Hex
        let proof: Hex
    }

    /// Plays both sides and the key holder's direct way.
    private func run(_ exchange: Exchange, key: VOPRFSecretKey) throws {
        let inputs = exchange.inputs.map { SubjectInput(bytes: $0.bytes) }
        let blinds = try exchange.blinds.map { try Scalar(hex: $0) }
        let session = try BlindingSession(inputs) { blinds[$0] }
        #expect(session.elements.map(\.bytes) == exchange.blinded.map(\.bytes))

        let answer = try key.evaluate(session.elements, nonce: Scalar(hex: exchange.nonce))
        #expect(answer.elements.map(\.bytes) == exchange.evaluated.map(\.bytes))
        #expect(answer.proof.bytes == exchange.proof.bytes)

        let outputs = try session.finish(
            evaluated: answer.elements, proof: answer.proof, key: key.publicKey)
        #expect(outputs.map(\.bytes) == exchange.outputs.map(\.bytes))
        #expect(inputs.map(key.output) == outputs)
    }

    private func hexList(_ text: String) throws -> [Hex] {
        try text.split(separator: ",").map { try Hex(String($0)) }
    }
}
