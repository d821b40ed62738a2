package import OktaRuntime

/// One form of a union: made by its initialiser, and used wherever the union can stand.
package struct SampleForm: Sendable, CustomStringConvertible {
    /// A field that the union is the type of, of itself or of its elements.
    package struct Field: Sendable {
        /// The model that has the field.
        package let owner: String
        /// The field's name on the wire.
        package let name: String
        /// The owner's JSON with a form in the field.
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
    /// The union's JSON, made of a form in each way that there is.
    package let unions: @Sendable (JSON) -> [JSON]
    /// The form's JSON as `variant` gives it; nil where `variant` is another form. Missing without a discriminator.
    package let variant: (@Sendable (JSON) -> JSON?)?
    /// The JSON of a union whose `variant` was set to a form.
    package let setVariant: (@Sendable (_ union: JSON, _ form: JSON) -> JSON)?
    /// Calls of every function whose body is the union, each with the form.
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

/// Generated samples, of deprecated fields too: reached through a requirement, they are made without a warning.
package protocol SampleFormSource {
    static var forms: [SampleForm] { get }
}
