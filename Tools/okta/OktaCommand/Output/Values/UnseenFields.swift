internal import OktaRuntime

/// The fields that columns and conditions name and that no item has had yet: a field that does not exist would otherwise
/// be an empty column, or an empty result, without a word.
struct UnseenFields: Sendable {
    private var fields: [ValuePath]
    private var hasItems = false

    /// - Parameter model: The model of the items, whose declared fields may well be absent.
    init(_ fields: [ValuePath], of model: String?, in module: CatalogModule) {
        let types = FieldTypes(module.schema)
        self.fields = fields.filter { field in
            model == nil || types.type(of: field.text.split(separator: ".").map(String.init), in: model) == nil
        }
    }

    /// Notes what an item has.
    mutating func see(_ item: JSON) {
        hasItems = true
        if !fields.isEmpty { fields.removeAll { $0.value(in: item) != nil } }
    }

    /// The names of fields that no item had; none as long as there was no item.
    var names: [String] { hasItems ? fields.map { TerminalText.safe($0.text) } : [] }
}
