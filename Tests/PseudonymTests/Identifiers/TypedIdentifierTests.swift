import Testing

@testable import Pseudonym

@Suite("Typed identifiers")
struct TypedIdentifierTests {
    @Test("the short way for ASCII gives the same letters as the long one")
    func shortWay() {
        for byte in UInt8(0x20)...0x7E {
            let text = "9\(Character(Unicode.Scalar(byte)))x"
            #expect(TypedIdentifier.lettersOfASCII(text) == TypedIdentifier.letters(text))
        }
        let identifier = "91-999 999MA0te5T08K"
        #expect(
            TypedIdentifier.lettersOfASCII(identifier) == TypedIdentifier.letters(identifier))
    }

    @Test("other texts go the long way", arguments: ["９９", "9\t9", "9\u{A0}", "9\u{1}", "9\u{7F}"])
    func longWay(text: String) {
        #expect(TypedIdentifier.lettersOfASCII(text) == nil)
    }

    @Test("white space around is taken off, whichever it is")
    func trimming() {
        for space in ["", " ", "\t", "\u{A0}", "\u{3000}", " \n "] {
            #expect(TypedIdentifier("\(space)9 9\(space)").trimmed == "9 9")
        }
        #expect(TypedIdentifier(" \u{3000}").trimmed == "")
    }
}
