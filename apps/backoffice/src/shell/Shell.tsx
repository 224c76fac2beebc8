import { Icon } from "@holdfast/ui/Icon.tsx";
import { Logo } from "@holdfast/ui/Logo.tsx";
import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Navigation } from "./Navigation.tsx";
import { OfflineBanner } from "./OfflineBanner.tsx";
import { Person } from "./Person.tsx";
import classes from "./Shell.module.css";
import { useMe } from "./use-me.ts";
import { useSearchKey } from "./use-search-key.ts";

/** What stands around every screen: where one is, where one can go, who one is. */
export function Shell(): ReactNode {
  const { t } = useTranslation();
  const { t: ui } = useTranslation("ui");
  const { merchant } = useMe();
  const [isOpen, menu] = useDisclosure(false);
  useSearchKey();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t("app.skip")}
      </a>
      <aside className={classes.side}>
        <div className={classes.brand}>
          <Logo />
          <p className={classes.merchant}>{merchant.name}</p>
        </div>
        <Navigation />
        <Person />
      </aside>
      <header className={classes.top}>
        <ActionIcon variant="subtle" color="gray" size="touch" aria-label={t("app.menu")} onClick={menu.open}>
          <Icon name="menu" size={22} />
        </ActionIcon>
        <Logo size={24} />
      </header>
      <Drawer
        opened={isOpen}
        onClose={menu.close}
        size="17rem"
        lockScroll={false}
        title={merchant.name}
        closeButtonProps={{ "aria-label": ui("close") }}
        classNames={{ body: classes.drawer, title: classes.drawerTitle }}
      >
        <Navigation onGo={menu.close} />
        <Person />
      </Drawer>
      <div className={classes.main}>
        <OfflineBanner />
        <main className={classes.content} id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}
