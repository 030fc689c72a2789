import Testing

@testable import Pseudonym

@Suite("Legal entity identifier (ISO 17442)")
struct LegalEntityIdentifierTests {
    @Test("accepts invented ones", arguments: Sample.leis)
    func acceptsValid(lei: String) throws {
        let identifier = try Sample.identifier(lei, "lei")
        #expect(identifier.normalForm == lei)
        #expect(!identifier.isPersonal)
    }

    @Test(
        "names the rule broken",
        arguments: [
            ("ZZZZ00NODETEST000173", IdentifierError.checkCharacter(.lei)),
            ("ZZZZ00LENDERTEST0276", .checkCharacter(.lei)),
            ("ZZZZ00NODETEST00017A", .character(.lei, position: 20)),
            ("ZZZZ00NODETEST0001A2", .character(.lei, position: 19)),
            ("ZZZZ00NODETEST_00172", .character(.lei, position: 15)),
            ("ZZZZ00NODETEST00017", .length(.lei, expected: 20)),
            ("ZZZZ00NODETEST0001722", .length(.lei, expected: 20)),
        ])
    func refusesInvalid(lei: String, expected: IdentifierError) throws {
        #expect(try Sample.error(lei, "lei") == expected)
    }

    @Test("refuses check digits that ISO 7064 never gives, though the remainder fits")
    func refusesAliases() throws {
        // 98 is the check of this body; 01 has the same remainder modulo 97.
        #expect(try Sample.error("00000000000000000098", "lei") == nil)
        #expect(try Sample.error("00000000000000000001", "lei") == .checkCharacter(.lei))
    }

    @Test("catches a digit for a digit and a letter for a letter", arguments: Sample.leis)
    func catchesChanges(lei: String) throws {
        let characters = Array(lei)
        for (index, original) in characters.enumerated() {
            let alphabet = original.isNumber ? "0123456789" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            for replacement in alphabet where replacement != original {
                var changed = characters
                changed[index] = replacement
                #expect(try Sample.error(String(changed), "lei") != nil)
            }
        }
    }
}
