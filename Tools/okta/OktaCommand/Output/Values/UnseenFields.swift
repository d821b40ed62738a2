internal import OktaRuntime

/// Fields in columns and conditions that no item has had. A misspelled field would otherwise silently produce an empty
/// column or result.
struct UnseenFields: Sendable {
    private var fields: [ValuePath]
    private var hasItems = false

    /// Creates the fields.
    ///
    /// - Parameter model: The model of the items. The fields that it declares may be absent.
    init(_ fields: [ValuePath], of model: String?, in module: CatalogModule) {
        let types = FieldTypes(module.schema)
        self.fields = fields.filter { field in
            model == nil || types.type(of: field.text.split(separator: ".").map(String.init), in: model) == nil
        }
    }

    /// Removes the fields that an item has.
    mutating func see(_ item: JSON) {
        hasItems = true
        if !fields.isEmpty { fields.removeAll { $0.value(in: item) != nil } }
    }

    /// The names of fields that no item had; empty if there were no items.
    var names: [String] { hasItems ? fields.map { TerminalText.safe($0.text) } : [] }
}
