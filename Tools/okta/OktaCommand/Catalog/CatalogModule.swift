package import OktaRuntime
internal import Okta
internal import OktaGovernance
internal import OktaMyAccount
internal import OktaOAuthAPI

/// A generated module as data. A new document needs only a case here.
package enum CatalogModule: String, Sendable, CaseIterable {
    case management, governance, myaccount, oauth

    /// The actions of the module.
    package var registry: ActionRegistry {
        switch self {
        case .management: .okta
        case .governance: .oktaGovernance
        case .myaccount: .oktaMyAccount
        case .oauth: .oktaOAuthAPI
        }
    }

    /// The documentation of the actions.
    package var help: ActionHelpIndex {
        switch self {
        case .management: .okta
        case .governance: .oktaGovernance
        case .myaccount: .oktaMyAccount
        case .oauth: .oktaOAuthAPI
        }
    }

    /// The models of the module.
    package var schema: ModelSchema {
        switch self {
        case .management: .okta
        case .governance: .oktaGovernance
        case .myaccount: .oktaMyAccount
        case .oauth: .oktaOAuthAPI
        }
    }
}
