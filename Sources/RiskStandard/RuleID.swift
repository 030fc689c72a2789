/// The rule that decided a class: `cn-2023/11.1` is article 11, item 1.
///
/// Without a version: the summary that carries it names the standard's version beside it.
public struct RuleID: Sendable, Hashable, CustomStringConvertible {
    /// The name of the standard.
    public let standard: String
    /// The article, 0…65,535.
    public var article: Int { Int(storedArticle) }
    /// The item within the article, 1…65,535; nil when the rule is the whole article.
    public var item: Int? { storedItem == 0 ? nil : Int(storedItem) }

    // Narrow, because every classification copies a few of these.
    private let storedArticle: UInt16
    private let storedItem: UInt16

    /// The rule of an article, and where `item` is not nil of that item; nil when a part is out of
    /// its bounds or the name is none.
    public init?(standard: String, article: Int, item: Int? = nil) {
        guard StandardID.isName(standard[...]),
            item != 0,
            let article = UInt16(exactly: article),
            let item = UInt16(exactly: item ?? 0)
        else { return nil }
        self.standard = standard
        storedArticle = article
        storedItem = item
    }

    /// Reads a rule; nil for any spelling but the one that ``description`` gives.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let numbers = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(numbers.count), let article = Int(canonical: numbers[0])
        else { return nil }
        var item: Int?
        if numbers.count == 2 {
            guard let number = Int(canonical: numbers[1]) else { return nil }
            item = number
        }
        self.init(standard: String(parts[0]), article: article, item: item)
    }

    /// `<standard>/<article>` or `<standard>/<article>.<item>`.
    public var description: String {
        let place = "\(standard)/\(article)"
        return item.map { "\(place).\($0)" } ?? place
    }
}
