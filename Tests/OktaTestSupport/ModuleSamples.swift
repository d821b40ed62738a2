import OktaRuntime

/// The samples of a module, and the checks for every module.
package struct ModuleSamples: Sendable {
    private let readers: [ModelReader]
    private let forms: [SampleForm]

    package init(readers: [ModelReader], forms: [SampleForm]) {
        (self.readers, self.forms) = (readers, forms)
    }

    /// The models that do not read `{}` as empty, or read their sample wrongly; there should be none.
    package func unreadModels() throws -> [String] {
        try readers.filter { reader in
            let sample = try JSON(parsing: reader.sample)
            return reader.fieldsFound(.emptyObject) != [] || reader.roundTrip(.emptyObject) != .emptyObject
                || Set(reader.fieldsFound(sample)) != Set(reader.fields)
                || reader.roundTrip(sample).text != reader.sample
        }.map(\.name)
    }

    /// The variants that a union changes or does not read as that variant; there should be none.
    package func unfitForms() -> [String] {
        forms.filter { form in
            form.made.contains { json in
                form.unions(json).contains { $0.text != json.text }
                    || form.variant.map { $0(json)?.text != json.text } ?? false
            }
        }.map(\.description)
    }
}
