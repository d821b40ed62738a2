internal import OktaRuntime

extension SecretMask {
    /// Returns the mask for responses on a terminal, which others may see.
    ///
    /// - Parameters:
    ///   - model: The model of the items, which distinguishes dates and enumeration values from secrets; without one,
    ///     only names count.
    package static func responses(of model: String?, in module: CatalogModule) -> SecretMask {
        guard model != nil else { return SecretMask("********", names: .ofResponses) }
        let types = FieldTypes(module.schema)
        return SecretMask("********", names: .ofResponses) { path in
            guard let type = types.type(of: path, in: model) else { return true }
            if ["dateTime", "integer", "number", "boolean", "duration"].contains(type) { return false }
            return types.values(of: type) == nil
        }
    }
}
