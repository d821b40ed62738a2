package import OktaRuntime

/// One variant of a union: created by its initializer, and used at every position of the union.
package struct SampleForm: Sendable, CustomStringConvertible {
    /// A field whose type, or element type, is the union.
    package struct Field: Sendable {
        /// The model with the field.
        package let owner: String
        /// The field's name on the wire.
        package let name: String
        /// The owner's JSON with a variant in the field.
        package let set: @Sendable (JSON) -> JSON

        package init<Form: OktaModel, Owner: OktaModel>(_ name: String, _ set: @escaping @Sendable (Form) -> Owner) {
            owner = "\(Owner.self)"
            self.name = name
            self.set = { set(Form(json: $0)).json }
        }
    }

    package let union: String
    package let form: String
    /// The results of the initializer, with the required arguments only, and with all arguments.
    package let made: [JSON]
    /// The union's JSON, created from a variant in every possible way.
    package let unions: @Sendable (JSON) -> [JSON]
    /// The JSON of `variant`; nil if `variant` is another one. Missing without a discriminator.
    package let variant: (@Sendable (JSON) -> JSON?)?
    /// The JSON of a union after setting its `variant`.
    package let setVariant: (@Sendable (_ union: JSON, _ form: JSON) -> JSON)?
    /// Calls of every function whose body is the union, each with the variant.
    package let calls: [@Sendable (OktaClient, JSON) async throws -> Void]
    package let fields: [Field]

    package init<Union: OktaModel, Form: OktaModel>(
        _ union: Union.Type, _ form: Form.Type, made: [Form], unions: [@Sendable (Form) -> Union],
        variant: (@Sendable (Union) -> Form?)? = nil, setVariant: (@Sendable (inout Union, Form) -> Void)? = nil,
        calls: [@Sendable (OktaClient, Form) async throws -> Void], fields: [Field]
    ) {
        self.union = "\(union)"
        self.form = "\(form)"
        self.made = made.map(\.json)
        self.unions = { json in unions.map { $0(Form(json: json)).json } }
        if let variant {
            self.variant = { (json: JSON) in variant(Union(json: json))?.json }
        } else {
            self.variant = nil
        }
        if let setVariant {
            self.setVariant = { (json: JSON, form: JSON) in
                var union = Union(json: json)
                setVariant(&union, Form(json: form))
                return union.json
            }
        } else {
            self.setVariant = nil
        }
        self.calls = calls.map { call in
            { (client: OktaClient, json: JSON) in try await call(client, Form(json: json)) }
        }
        self.fields = fields
    }

    package var description: String { "\(form) of \(union)" }
}

/// Generated samples, including those of deprecated fields: access through a protocol requirement causes no warning.
package protocol SampleFormSource {
    static var forms: [SampleForm] { get }
}
