/// Questions over the real files.
enum RealStories {
    /// The questions about one file, given who was dealt what.
    static func stories(of scheme: String, holders: [String: Set<String>]) -> [DemoStory] {
        switch scheme {
        case "demo-card":
            [
                story(
                    "A card holder at two lenders, four months late (real data, UCI 350)",
                    "Real months late and amounts; the second lender is invented.",
                    scheme: scheme, id: "5800", holders: holders, worst: "substandard")
            ]
        case "demo-auto":
            []
        case "demo-biz":
            [
                story(
                    "A business with a charged-off loan (real data, SBA 7(a))",
                    "Charged off means impaired with full expected loss: loss by article 13. A loan "
                        + "that it paid elsewhere years ago is in no report.",
                    scheme: scheme, id: "B831e434e68868df6", holders: holders, worst: "loss")
            ]
        default: []
        }
    }

    private static func story(
        _ title: String, _ shows: String, scheme: String, id: String,
        holders: [String: Set<String>], worst: String
    ) -> DemoStory {
        let held = holders[id, default: []]
        return DemoStory(
            title: title, shows: shows,
            subject: DemoSubject(
                scheme: scheme, identifier: id, name: nil, heldBy: held.sorted(),
                purposes: DemoSubject.allPurposes),
            outcomes: Dictionary(
                uniqueKeysWithValues: held.filter { $0 != "harbor" }.map { ($0, "record") }),
            worstClass: worst)
    }
}
