import OktaRuntime
import Testing

/// A form of a union with the accessors that the generator writes.
private struct SampleForm: OktaForm, Equatable {
    var json: JSON
    init(json: JSON) { self.json = json }
    static var blank: JSON { ["type": "SAMPLE"] }

    var name: String? {
        get { json[string: "name"] }
        set { json[string: "name"] = newValue }
    }
}

@Suite("OktaForm")
struct OktaFormTests {
    @Test("OktaForm: a new object has the members that identify its variant")
    func madeForms() {
        #expect(SampleForm().json.text == #"{"type":"SAMPLE"}"#)
        #expect(SampleForm.with { $0.name = "a" }.json.text == #"{"type":"SAMPLE","name":"a"}"#)
        let forms: [SampleForm] = [.with { $0.name = "b" }, .init()]
        #expect(forms.json.text == #"[{"type":"SAMPLE","name":"b"},{"type":"SAMPLE"}]"#)
    }

    @Test("OktaForm: one that is read stays as it is")
    func readForms() throws {
        let text = #"{ "name" : null }"#
        #expect(SampleForm(json: try JSON(parsing: text)).json.text == text)
    }
}
