/// Texts and what each stands for. Tables are short, so they are searched from the front.
struct ValueTable: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        let text: [UInt8]
        let value: FieldValue

        init(text: String, value: FieldValue) {
            self.text = Array(text.utf8)
            self.value = value
        }
    }

    let entries: [Entry]

    func value(of text: ArraySlice<UInt8>) -> FieldValue? {
        entries.first { $0.text.elementsEqual(text) }?.value
    }
}
