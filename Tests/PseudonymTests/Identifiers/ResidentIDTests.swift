import Testing

@testable import Pseudonym

@Suite("Resident's number (GB 11643)")
struct ResidentIDTests {
    @Test("accepts numbers of the test area", arguments: Sample.residentIDs)
    func acceptsValid(number: String) throws {
        let identifier = try Sample.identifier(number, "cn-rid")
        #expect(identifier.normalForm == number)
        #expect(identifier.scheme == .residentID)
        #expect(identifier.isPersonal)
    }

    @Test(
        "never judges the area",
        arguments: ["819999198808081234", "91999919770707777X"])
    func acceptsOtherAreas(number: String) throws {
        #expect(try Sample.identifier(number, "cn-rid").normalForm == number)
    }

    @Test(
        "names the rule broken",
        arguments: [
            ("999999199012310020", IdentifierError.checkCharacter(.residentID)),
            ("999999199012310202", .checkCharacter(.residentID)),
            ("999999190002290012", .date),
            ("999999199013310022", .date),
            ("999999199000310022", .date),
            ("999999199012320022", .date),
            ("999999199012000022", .date),
            ("999999202104310022", .date),
            ("999999000012310022", .date),
            ("99999919901231002", .length(.residentID, expected: 18)),
            ("9999991990123100222", .length(.residentID, expected: 18)),
            ("99999919901231", .length(.residentID, expected: 18)),
            ("99999919901231002Y", .character(.residentID, position: 18)),
            ("9999991990123100X2", .character(.residentID, position: 17)),
            ("O99999199012310022", .character(.residentID, position: 1)),
            ("99999919901231002张", .character(.residentID, position: 18)),
            ("99999990123100X", .character(.residentID, position: 15)),
            ("999999901331002", .date),
            ("999999199012310000", .damagedBySpreadsheet),
            ("9.99999E+17", .damagedBySpreadsheet),
        ])
    func refusesInvalid(number: String, expected: IdentifierError) throws {
        #expect(try Sample.error(number, "cn-rid") == expected)
    }

    @Test("renews a number of 15 digits: the year gets 19, the check character is added")
    func renewsOldNumber() throws {
        #expect(
            try Sample.identifier("999999901231002", "cn-rid").normalForm == "999999199012310022")
        #expect(
            try Sample.identifier("999999800110259", "cn-rid").normalForm == "99999919800110259X")
    }

    @Test("catches every changed digit", arguments: Sample.residentIDs)
    func catchesEveryChange(number: String) throws {
        let characters = Array(number)
        for (index, original) in characters.enumerated() {
            for replacement in "0123456789X" where replacement != original {
                var changed = characters
                changed[index] = replacement
                let error = try Sample.error(String(changed), "cn-rid")
                #expect(error != nil, "place \(index + 1) to \(replacement)")
            }
        }
    }

    @Test("catches every swap of neighbours", arguments: Sample.residentIDs)
    func catchesEverySwap(number: String) throws {
        let characters = Array(number)
        for index in characters.indices.dropLast() where characters[index] != characters[index + 1]
        {
            var swapped = characters
            swapped.swapAt(index, index + 1)
            let error = try Sample.error(String(swapped), "cn-rid")
            #expect(error != nil, "places \(index + 1) and \(index + 2)")
        }
    }

    @Test(
        "knows the leap years",
        arguments: [(1900, false), (2000, true), (2023, false), (2024, true)])
    func knowsLeapYears(year: Int, isLeap: Bool) throws {
        let error = try Sample.error("999999\(year)02290010", "cn-rid")
        #expect((error == .date) != isLeap)
    }
}
