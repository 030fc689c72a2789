import Testing

@testable import Pseudonym

/// `protocol/vectors/pseudonym/outputs.json`.
private struct OutputVectors: Decodable {
    let consortium: String
    let seed: Hex
    let info: Hex
    let publicKey: Hex
    let subjects: [Subject]
    let evaluations: [Evaluation]

    struct Subject: Decodable {
        let scheme: String
        let identifier: String
        let input: Hex
        let output: Hex
        let token: Hex
        let name: String
        let otherSpelling: String
        let normalName: String
        let nameCheck: Hex
    }

    struct Evaluation: Decodable {
        let blinded: [Hex]
        let evaluated: [Hex]
        let proof: Hex
    }
}

/// `protocol/vectors/pseudonym/identifiers.json`.
private struct IdentifierVectors: Decodable {
    let valid: [Valid]

    struct Valid: Decodable {
        let scheme: String
        let raw: String
        let normal: String
        let personal: Bool
    }
}

@Suite("Pseudonyms against another implementation")
struct OwnVectorTests {
    @Test("agrees on input, token and name check of every subject")
    func agreesOnSubjects() throws {
        let vectors: OutputVectors = try VectorFile.load(VectorFile.own("outputs"))
        let key = try VOPRFSecretKey.derive(seed: vectors.seed.bytes, info: vectors.info.bytes)
        #expect(key.publicKey.bytes == vectors.publicKey.bytes)
        #expect(!vectors.subjects.isEmpty)
        for subject in vectors.subjects {
            let identifier = try Sample.identifier(subject.identifier, subject.scheme)
            let input = SubjectInput(consortium: vectors.consortium, identifier: identifier)
            #expect(input.bytes == subject.input.bytes)
            let output = key.output(for: input)
            #expect(output.bytes == subject.output.bytes)
            #expect(output.token.bytes == subject.token.bytes)
            for spelling in [subject.name, subject.otherSpelling] {
                let name = try #require(SubjectName(spelling))
                #expect(name.bytes == Array(subject.normalName.utf8))
                #expect(output.nameCheck(name).bytes == subject.nameCheck.bytes)
            }
        }
    }

    @Test("evaluates as the other does and believes its proofs")
    func believesForeignProofs() throws {
        let vectors: OutputVectors = try VectorFile.load(VectorFile.own("outputs"))
        let key = try VOPRFSecretKey.derive(seed: vectors.seed.bytes, info: vectors.info.bytes)
        #expect(vectors.evaluations.map(\.blinded.count) == [1, 3])
        for foreign in vectors.evaluations {
            let blinded = try foreign.blinded.map { try BlindedElement(bytes: $0.bytes) }
            let evaluated = try foreign.evaluated.map { try EvaluatedElement(bytes: $0.bytes) }
            #expect(try key.evaluate(blinded).elements == evaluated)
            let statement = ProofStatement(
                publicKey: key.publicKey, blinded: blinded, evaluated: evaluated)
            let proof = try EvaluationProof(bytes: foreign.proof.bytes)
            #expect(proof.holds(for: statement))
        }
    }

    @Test("agrees on the normal form of every identifier")
    func agreesOnIdentifiers() throws {
        let vectors: IdentifierVectors = try VectorFile.load(VectorFile.own("identifiers"))
        #expect(!vectors.valid.isEmpty)
        for vector in vectors.valid {
            let identifier = try Sample.identifier(vector.raw, vector.scheme)
            #expect(identifier.normalForm == vector.normal)
            #expect(identifier.isPersonal == vector.personal)
        }
    }
}
