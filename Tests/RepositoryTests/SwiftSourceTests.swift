import Testing

@Suite("Reading Swift source")
struct SwiftSourceTests {
    @Test(
        "tells code from comments and texts",
        arguments: [
            ("a // b", "a ", "// b"),
            ("a /* b /* c */ d */ e", "a  e", "/* b /* c */ d */"),
            (#"a "b // c" d"#, "a  d", ""),
            (#"a "b \" c" d"#, "a  d", ""),
            (##"a #"b " c \( d"# e"##, "a  e", ""),
            (#"a "b \(c("d") + e) f" g"#, "a (c() + e) g", ""),
            (##"a #"b \#(c) d"# e"##, "a (c) e", ""),
            ("a \"\"\"\nb \" // c\n\"\"\" d", "a \n\n d", "\n\n"),
            ("a // b\nc", "a \nc", "// b\n"),
            ("#if a\nb\n#endif", "#if a\nb\n#endif", "\n\n"),
        ])
    func parts(text: String, code: String, comments: String) {
        let source = SwiftSource(text)
        #expect(source.code == code)
        #expect(source.comments == comments)
    }

    @Test(
        "ends on files that end in the middle",
        arguments: ["/* a", "\"a", "\"\"\"a", "\"\\(a", "#"])
    func unfinished(text: String) {
        #expect(SwiftSource(text).code.utf8.count <= text.utf8.count)
    }
}
