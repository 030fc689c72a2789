/// In what a file's text is written. Raw values are the words of the mapping language.
public enum TextEncoding: String, Sendable, CaseIterable {
    /// UTF-8, with or without a byte order mark; ASCII is a part of it.
    case utf8 = "utf-8"
    /// GB 18030, and with it GBK and GB 2312.
    case gb18030
}
