package io.daypass.broker.mount;

import io.daypass.broker.api.Route;

/** A path that an engine has declared, until its mount is open. */
final class HostRoute implements io.daypass.plugin.Route {
    private Route route;

    HostRoute(Route route) {
        this.route = route;
    }

    @Override
    public io.daypass.plugin.Route open() {
        route = route.needs(Route.Access.OPEN);
        if (route.handler() instanceof Operation operation) {
            route = route.servedBy(operation.opened());
        }
        return this;
    }

    Route route() {
        return route;
    }
}
