extension Character {
    /// Whether the character can be part of a name in code.
    var isWordPart: Bool { isLetter || isNumber || self == "_" }
}
