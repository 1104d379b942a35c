import { PlusOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteGroup } from '../../api/centre.ts';
import type { SkillGroup } from '../../api/generated/types.ts';
import { useApi, useMay } from '../../session/context.ts';
import { ListTable, opensOnClick } from '../../shell/list.tsx';
import { PageHeader } from '../../shell/pageheader.tsx';
import { QueryList } from '../../shell/query.tsx';
import { GroupDialog } from './group.tsx';
import { useGroups } from './queries.ts';
import { RemoveMenu } from './remove.tsx';
import './centre.css';
import { Empty } from '../../shell/empty.tsx';

/** The skill groups: whom a transfer can reach. */
export function GroupsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const api = useApi();
  const groups = useGroups();
  const [asked, setAsked] = useState<{ readonly group?: SkillGroup } | undefined>(undefined);
  const mayEdit = may('PUT /api/skill-groups/{id}');
  return (
    <>
      <PageHeader title={t('centre.groups')} about={t('centre.groupsAbout')}>
        {mayEdit ? (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAsked({})}>
            {t('centre.addGroup')}
          </Button>
        ) : null}
      </PageHeader>
      <QueryList query={groups} items={groups.data} empty={<Empty title={t('centre.noGroups')} />}>
        {(items) => (
          <section className="card wide">
            <ListTable
              columns={[
                t('centre.name'),
                t('centre.ringSeconds'),
                t('centre.wrapUpSeconds'),
                t('centre.maxQueue'),
              ]}
              actions
            >
              {items.map((group) => (
                <tr
                  key={group.id}
                  data-group={group.id}
                  {...(mayEdit ? opensOnClick(() => setAsked({ group })) : {})}
                >
                  <td className="named">
                    <b>{group.name}</b>
                    <small>{group.id}</small>
                  </td>
                  <td className="digits">{group.ringSeconds}</td>
                  <td className="digits">{group.wrapUpSeconds}</td>
                  <td className="digits">{group.maxQueue}</td>
                  <td>
                    {mayEdit ? (
                      <Space size={0}>
                        <Button type="text" className="on-hover" onClick={() => setAsked({ group })}>
                          {t('flows.edit')}
                        </Button>
                        <RemoveMenu
                          name={group.name}
                          remove={() => deleteGroup(api, group.id)}
                          list="skill-groups"
                        />
                      </Space>
                    ) : null}
                  </td>
                </tr>
              ))}
            </ListTable>
          </section>
        )}
      </QueryList>
      {asked === undefined ? null : <GroupDialog {...asked} close={() => setAsked(undefined)} />}
    </>
  );
}
