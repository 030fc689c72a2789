import Testing

@testable import Pseudonym

@Suite("Unified social credit code (GB 32100)")
struct CreditCodeTests {
    @Test("accepts codes of the test area", arguments: Sample.creditCodes)
    func acceptsValid(code: String) throws {
        #expect(try Sample.identifier(code, "cn-uscc").normalForm == code)
    }

    @Test("takes an individual business, 92…, for a person")
    func tellsPersons() throws {
        #expect(try Sample.identifier("92999999MA9KLP127P", "cn-uscc").isPersonal)
        #expect(try !Sample.identifier("91999999MA0TE5T08K", "cn-uscc").isPersonal)
    }

    @Test(
        "names the rule broken",
        arguments: [
            ("91999999MA0TE5T080", IdentifierError.checkCharacter(.creditCode)),
            ("91999999MA0TE5T80K", .checkCharacter(.creditCode)),
            ("91999999MAOTE5T08K", .character(.creditCode, position: 11)),
            ("I1999999MA0TE5T08K", .character(.creditCode, position: 1)),
            ("91999999MA0TE5T08S", .character(.creditCode, position: 18)),
            ("91999999MA0TE5T08", .length(.creditCode, expected: 18)),
            ("91999999MA0TE5T08K0", .length(.creditCode, expected: 18)),
            ("9.2E+17", .damagedBySpreadsheet),
        ])
    func refusesInvalid(code: String, expected: IdentifierError) throws {
        #expect(try Sample.error(code, "cn-uscc") == expected)
    }

    @Test("sees a wrong organisation code under a right check character")
    func checksOrganisationCode() throws {
        // Of all codes that differ in place 17 only, GB 32100 lets one check character pass each;
        // GB 11714 lets just one place 17 pass.
        let alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        var errors: [IdentifierError?] = []
        for inner in alphabet {
            for last in alphabet {
                errors.append(try Sample.error("91999999MA0TE5T0\(inner)\(last)", "cn-uscc"))
            }
        }
        #expect(errors.count { $0 == nil } == 1)
        #expect(errors.count { $0 == .organisationCheck } == 30)
        #expect(errors.count { $0 == .checkCharacter(.creditCode) } == 31 * 30)
    }

    @Test(
        "catches every changed character and every swap of neighbours",
        arguments: Sample.creditCodes)
    func catchesMistypes(code: String) throws {
        let characters = Array(code)
        for index in characters.indices {
            for replacement in "0123456789ABCDEFGHJKLMNPQRTUWXY"
            where replacement != characters[index] {
                var changed = characters
                changed[index] = replacement
                #expect(try Sample.error(String(changed), "cn-uscc") != nil)
            }
            guard index > 0, characters[index] != characters[index - 1] else { continue }
            var swapped = characters
            swapped.swapAt(index, index - 1)
            #expect(try Sample.error(String(swapped), "cn-uscc") != nil)
        }
    }
}
