import OktaRuntime

/// The samples of a module, and what must hold for those of every module.
package struct ModuleSamples: Sendable {
    private let readers: [ModelReader]
    private let forms: [SampleForm]

    package init(readers: [ModelReader], forms: [SampleForm]) {
        (self.readers, self.forms) = (readers, forms)
    }

    /// Models that do not read `{}` as nothing, or their sample as what it is; there should be none.
    package func unreadModels() throws -> [String] {
        try readers.filter { reader in
            let sample = try JSON(parsing: reader.sample)
            return reader.fieldsFound(.emptyObject) != [] || reader.roundTrip(.emptyObject) != .emptyObject
                || Set(reader.fieldsFound(sample)) != Set(reader.fields)
                || reader.roundTrip(sample).text != reader.sample
        }.map(\.name)
    }

    /// Variants that a union does not hold unchanged, or does not read as that variant; there should be none.
    package func unfitForms() -> [String] {
        forms.filter { form in
            form.made.contains { json in
                form.unions(json).contains { $0.text != json.text }
                    || form.variant.map { $0(json)?.text != json.text } ?? false
            }
        }.map(\.description)
    }
}
