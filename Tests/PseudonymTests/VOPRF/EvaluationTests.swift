import Testing

@testable import Pseudonym

@Suite("Blind evaluation")
struct EvaluationTests {
    private let key = VOPRFSecretKey.generate()

    /// An asker's session and the answer it got.
    private func exchange(
        _ count: Int
    ) throws -> (session: BlindingSession, elements: [EvaluatedElement], proof: EvaluationProof) {
        let session = try BlindingSession(Sample.inputs(count))
        let answer = try key.evaluate(session.elements)
        return (session, answer.elements, answer.proof)
    }

    @Test("gives the asker what the key holder computes directly", arguments: [1, 2, 7, 64])
    func agreesWithDirectWay(count: Int) throws {
        let (session, elements, proof) = try exchange(count)
        let outputs = try session.finish(evaluated: elements, proof: proof, key: key.publicKey)
        #expect(outputs == Sample.inputs(count).map(key.output))
        #expect(Set(outputs.map(\.token)).count == count)
    }

    @Test("hides a subject anew in every session")
    func blindsFreshly() throws {
        let inputs = Sample.inputs(1)
        let elements = try (0..<20).map { _ in try BlindingSession(inputs).elements[0] }
        #expect(Set(elements).count == 20)
        #expect(!elements.map(\.point).contains(inputs[0].point))
    }

    @Test("proves the same batch anew every time")
    func provesFreshly() throws {
        let session = try BlindingSession(Sample.inputs(1))
        let first = try key.evaluate(session.elements)
        let second = try key.evaluate(session.elements)
        #expect(first.elements == second.elements)
        #expect(first.proof != second.proof)
    }

    @Test("takes 1 to 1024 elements")
    func boundsBatches() throws {
        let one = Sample.inputs(1)[0]
        #expect(throws: EvaluationError.batchSize) { try BlindingSession([]) }
        #expect(throws: EvaluationError.batchSize) {
            try BlindingSession([SubjectInput](repeating: one, count: 1025))
        }
        let element = try BlindingSession([one]).elements[0]
        #expect(throws: EvaluationError.batchSize) { try key.evaluate([]) }
        #expect(throws: EvaluationError.batchSize) {
            try key.evaluate([BlindedElement](repeating: element, count: 1025))
        }
        #expect(
            try key.evaluate([BlindedElement](repeating: element, count: 1024)).elements.count
                == 1024)
    }

    @Test("does not believe another key's evaluation")
    func refusesWrongKey() throws {
        let session = try BlindingSession(Sample.inputs(2))
        let stranger = VOPRFSecretKey.generate()
        let answer = try stranger.evaluate(session.elements)
        #expect(throws: EvaluationError.proof) {
            try session.finish(
                evaluated: answer.elements, proof: answer.proof, key: key.publicKey)
        }
    }

    @Test("does not believe one element of another key among many")
    func refusesOneWrongElement() throws {
        let session = try BlindingSession(Sample.inputs(5))
        var elements = try key.evaluate(session.elements).elements
        elements[3] = try VOPRFSecretKey.generate().evaluate(session.elements).elements[3]
        let scalar = Scalar.random()
        let statement = ProofStatement(
            publicKey: key.publicKey, blinded: session.elements, evaluated: elements)
        let honest = key.withScalar { EvaluationProof(of: statement, key: $0, nonce: scalar) }
        #expect(throws: EvaluationError.proof) {
            try session.finish(evaluated: elements, proof: honest, key: key.publicKey)
        }
    }

    @Test("does not believe swapped, repeated or foreign elements")
    func refusesMixedElements() throws {
        let (session, elements, proof) = try exchange(3)
        let other = try exchange(3).elements
        for wrong in [
            [elements[1], elements[0], elements[2]],
            [elements[0], elements[0], elements[2]],
            [elements[0], elements[1], other[2]],
        ] {
            #expect(throws: EvaluationError.proof) {
                try session.finish(evaluated: wrong, proof: proof, key: key.publicKey)
            }
        }
    }

    @Test("does not believe a proof with any bit changed")
    func refusesAlteredProofs() throws {
        let (session, elements, proof) = try exchange(1)
        var readable = 0
        for bit in 0..<EvaluationProof.count * 8 {
            var bytes = proof.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let altered = try? EvaluationProof(bytes: bytes) else { continue }
            readable += 1
            #expect(throws: EvaluationError.proof) {
                try session.finish(evaluated: elements, proof: altered, key: key.publicKey)
            }
        }
        #expect(readable > 400)
    }

    @Test("does not believe a proof of another exchange, or one with its halves swapped")
    func refusesForeignProofs() throws {
        let (session, elements, proof) = try exchange(2)
        let swapped = try EvaluationProof(
            bytes: Array(proof.bytes.suffix(32)) + Array(proof.bytes.prefix(32)))
        for wrong in [try exchange(2).proof, swapped] {
            #expect(throws: EvaluationError.proof) {
                try session.finish(evaluated: elements, proof: wrong, key: key.publicKey)
            }
        }
    }

    @Test("counts the elements of an answer")
    func countsElements() throws {
        let (session, elements, proof) = try exchange(2)
        for wrong in [[], [elements[0]], elements + [elements[0]]] {
            #expect(throws: EvaluationError.count(expected: 2)) {
                try session.finish(evaluated: wrong, proof: proof, key: key.publicKey)
            }
        }
    }
}
