import Testing

@testable import Pseudonym

@Suite("Names in normal form")
struct SubjectNameTests {
    @Test(
        "agree however they are typed",
        arguments: [
            ("测古丽·试买提", "测古丽试买提"), ("测古丽•试买提", "测古丽试买提"),
            ("测古丽‧试买提", "测古丽试买提"), ("测古丽⋅试买提", "测古丽试买提"),
            ("测古丽・试买提", "测古丽试买提"), ("测古丽･试买提", "测古丽试买提"),
            (" 赵\u{3000}测 试\n", "赵测试"), ("Ｎｏｒｔｈ  lake", "NORTHLAKE"),
            ("straße", "STRASSE"), ("ﬁsh", "FISH"), ("so\u{308}hne", "S\u{D6}HNE"),
            ("ǆ", "DŽ"), ("a\u{2028}b\u{85}c\u{A0}d", "ABCD"),
        ])
    func agree(raw: String, expected: String) throws {
        let name = try #require(SubjectName(raw))
        #expect(name.bytes == Array(expected.utf8))
    }

    @Test("of plain characters have the form that the rule for all gives")
    func plainForm() throws {
        let plain = Array(0x00...0x7F) + Array(0x4E00...0x9FFF)
        let scalars = plain.compactMap { Unicode.Scalar(UInt32($0)) }
        #expect(scalars.count == 128 + 0x5200)
        for start in stride(from: 0, to: scalars.count, by: 7) {
            var name = String.UnicodeScalarView(scalars[start..<min(start + 7, scalars.count)])
            name.append(contentsOf: "a 测".unicodeScalars)
            #expect(SubjectName.plainForm(String(name)) == SubjectName.anyForm(String(name)))
        }
        for other in ["\u{80}", "\u{B7}", "\u{3000}", "\u{4DFF}", "\u{A000}", "Ａ", "é"] {
            #expect(SubjectName.plainForm("a" + other) == nil)
        }
    }

    @Test("keep what tells people apart", arguments: ["赵测-试", "赵测.试", "O'Test", "赵测\u{200B}试"])
    func keepOthers(raw: String) throws {
        #expect(try #require(SubjectName(raw)).bytes == Array(raw.uppercased().utf8))
    }

    @Test("are none when nothing is left", arguments: ["", " ", "·", "\u{3000}·•・ "])
    func refuseEmpty(raw: String) {
        #expect(SubjectName(raw) == nil)
    }

    @Test("are bounded as typed and in normal form")
    func areBounded() {
        let longest = String(repeating: "a", count: SubjectName.bytesMax)
        #expect(SubjectName(longest) != nil)
        #expect(SubjectName(longest + "a") == nil)
        #expect(SubjectName(longest + String(repeating: " ", count: 100)) != nil)
        #expect(SubjectName(String(repeating: " ", count: SubjectName.rawBytesMax) + "a") == nil)
        // One character of 3 bytes that NFKC makes 18 of.
        #expect(SubjectName(String(repeating: "\u{FDFA}", count: 100)) == nil)
    }

    @Test("give 16 bytes that depend on name and identifier")
    func giveChecks() throws {
        let key = VOPRFSecretKey.generate()
        let outputs = Sample.inputs(2).map(key.output)
        let first = try #require(SubjectName("赵测试"))
        let second = try #require(SubjectName("赵测验"))
        let checks = outputs.flatMap { [$0.nameCheck(first), $0.nameCheck(second)] }
        #expect(Set(checks).count == 4)
        #expect(outputs[0].nameCheck(first) == checks[0])
        #expect(NameCheck(bytes: checks[0].bytes) == checks[0])
        #expect(checks[0].bytes.count == NameCheck.count)
    }

    @Test("come back from 16 bytes only", arguments: [0, 15, 17, 32])
    func refuseOtherLengths(count: Int) {
        #expect(NameCheck(bytes: [UInt8](repeating: 1, count: count)) == nil)
    }
}
