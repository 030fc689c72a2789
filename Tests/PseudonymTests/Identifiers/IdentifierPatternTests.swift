import Testing

@testable import Pseudonym

@Suite("Patterns of a charter's own schemes")
struct IdentifierPatternTests {
    @Test(
        "matches all of a text or nothing",
        arguments: [
            ("abc", ["abc"], ["", "ab", "abcd", "xabc", "ABC"]),
            ("^abc$", ["abc"], ["^abc$", "ab"]),
            (#"\d{3}"#, ["123"], ["12", "1234", "12a", "１２３"]),
            (#"\d{2,4}"#, ["12", "123", "1234"], ["1", "12345"]),
            (#"\d{2,}"#, ["12", "1234567"], ["1", "12x"]),
            (#"\d{0}a"#, ["a"], ["1a"]),
            ("a?b", ["b", "ab"], ["aab", "a"]),
            ("a*b", ["b", "aaab"], ["aaa", "ba"]),
            ("a+b", ["ab", "aab"], ["b"]),
            ("a*a*a*b", ["b", "aaaab"], ["aaaa"]),
            ("a{1,3}a{2}", ["aaa", "aaaaa"], ["aa", "aaaaaa"]),
            ("[A-C0-1x]", ["A", "C", "0", "x"], ["D", "2", "-", ""]),
            ("[-a]+", ["-", "a-a"], ["b"]),
            ("[a-]+", ["-", "a-a"], ["b"]),
            (#"[\]\\^\-]+"#, [#"]\^-"#], ["[", "a"]),
            (#"[\d.]+"#, ["1.2"], ["1,2"]),
            (#"\.\$\[\("#, [".$[("], ["a$[("]),
            (#"a\$"#, ["a$"], ["a", #"a\"#]),
            (#"a\\$"#, [#"a\"#], ["a", "a$", #"a\$"#]),
            ("军字第[0-9]{4}号", ["军字第1234号"], ["军字第123号"]),
        ])
    func matches(pattern: String, yes: [String], no: [String]) throws {
        let pattern = try IdentifierPattern(pattern)
        for text in yes { #expect(pattern.matches(text), "\(text)") }
        for text in no { #expect(!pattern.matches(text), "\(text)") }
    }

    @Test(
        "refuses what is outside its language",
        arguments: [
            ("", PatternError.size),
            ("^$", .size),
            ("a.b", .unsupported(position: 2)),
            ("(a)", .unsupported(position: 1)),
            ("a|b", .unsupported(position: 2)),
            ("a$b", .unsupported(position: 2)),
            ("*a", .unsupported(position: 1)),
            ("a**", .unsupported(position: 3)),
            ("a]", .unsupported(position: 2)),
            ("a}", .unsupported(position: 2)),
            (#"\w"#, .unsupported(position: 2)),
            (#"\1"#, .unsupported(position: 2)),
            ("[^a]", .unsupported(position: 2)),
            ("[[a]", .unsupported(position: 2)),
            ("[]", .malformed(position: 2)),
            ("[a", .malformed(position: 2)),
            ("[z-a]", .malformed(position: 4)),
            (#"[\d-z]"#, .malformed(position: 5)),
            (#"a\"#, .malformed(position: 2)),
            ("a{", .malformed(position: 2)),
            ("a{}", .malformed(position: 2)),
            ("a{1", .malformed(position: 3)),
            ("a{2,1}", .malformed(position: 6)),
            ("a{65}", .malformed(position: 4)),
            ("a{1;2}", .malformed(position: 3)),
            ("a{64}b{64}c{64}d{64}e", .size),
        ])
    func refuses(pattern: String, expected: PatternError) {
        #expect(throws: expected) { try IdentifierPattern(pattern) }
    }

    @Test("bounds its own length")
    func boundsLength() throws {
        let longest = String(repeating: "a", count: SchemeRegistry.patternBytesMax)
        #expect(try IdentifierPattern(longest).matches(longest))
        #expect(throws: PatternError.tooLong) { try IdentifierPattern(longest + "a") }
    }

    @Test("takes linear time where backtracking would take for ever")
    func isLinear() throws {
        let pattern = try IdentifierPattern(String(repeating: "a*", count: 60) + "b")
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(!pattern.matches(String(repeating: "a", count: Identifier.bytesMax)))
        }
        #expect(time < .seconds(1))
    }
}
